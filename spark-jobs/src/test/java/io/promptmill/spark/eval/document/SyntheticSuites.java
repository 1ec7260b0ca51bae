package io.promptmill.spark.eval.document;

import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.task.DatasetDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** A root for {@code --data} with one invented row for every split of every suite. */
record SyntheticSuites(Path root) {

  private static final Configuration HADOOP = new Configuration();

  private static final Map<String, String> ROWS =
      Map.of(
          "mmlu", "\" What, then?\",one,two,three,\"four\n4\",B\n",
          "ceval", "id,question,A,B,C,D,answer,explanation\n7, 哪个？,甲,乙,丙,丁,C,\n",
          "cmmlu", ",Question,A,B,C,D,Answer\n0, 哪个？,甲,乙,丙,丁,D\n",
          "gsm8k", "{\"question\": \"1 + 1?\", \"answer\": \"Two.\\n#### 2\"}\n",
          "arc",
              "{\"id\": \"x1\", \"question\": {\"stem\": \"Which?\", \"choices\": [{\"text\": \"sun\", \"label\": \"A\"},"
                  + " {\"text\": \"moon\", \"label\": \"B\"}, {\"text\": \"sea\", \"label\": \"C\"}]}, \"answerKey\": \"C\"}\n",
          "hellaswag",
              "{\"ind\": 24, \"activity_label\": \"Baking [x] bread\", \"ctx_a\": \" [header] How to bake [title] Mix flour.\","
                  + " \"ctx_b\": \"then THE dough\\u3000\", \"ctx\": \"\", \"split\": \"val\", \"split_type\": \"indomain\", \"label\": 2,"
                  + " \"endings\": [\"rises.  [substeps] It waits. \", \"[title] falls [title] down.\","
                  + " \"is\\u00a0eaten  [a]  [b].\", \"\"], \"source_id\": \"own~1\"}\n",
          "winogrande",
              "{\"qID\": \"q\", \"sentence\": \"Ann met Eve because _ was there. _ left.\", \"option1\": \"Ann\","
                  + " \"option2\": \"Eve\", \"answer\": \"2\"}\n",
          "perplexity_text", "{\"text\": \"Some text.\"}\n",
          "translation", "{\"en\": \"Good day.\", \"zh\": \"你好。\"}\n",
          "demo_translation", "{\"id\": 0, \"en\": \"Good day.\", \"zh\": \"你好。\"}\n");

  /** All documents of a split, from the first of its alternatives. */
  List<Document> read(DatasetDefinition dataset, String split) throws IOException {
    String row = ROWS.get(dataset.suite());
    String file = dataset.files().get(split).get(0);
    if (file.endsWith(".parquet")) {
      return fromOneFile(dataset, split, row);
    }
    Files.write(root.resolve(dataset.suite()).resolve(file), row);
    return new DocumentSource(new DataRoots(Optional.of(root.toUri().toString()), Map.of()), HADOOP)
        .read(dataset, split);
  }

  /** The documents of a file of the user's own. */
  List<Document> fromOneFile(DatasetDefinition dataset, String split, String jsonLines)
      throws IOException {
    DataFile file = Files.write(root.resolve("own.jsonl"), jsonLines);
    return new DocumentSource(
            new DataRoots(Optional.empty(), Map.of(dataset.suite(), file.path().toString())),
            HADOOP)
        .read(dataset, split);
  }
}

package io.promptmill.spark.job;

import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.InferenceKeys;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import io.promptmill.spark.io.Location;
import io.promptmill.udf.InferSpec;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Completes every row's prompt. */
final class GenerateJob implements Job {
  private static final List<String> SHOWN =
      List.of("text", "finish_reason", "prompt_tokens", "completion_tokens");

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public String summary() {
    return "Completes the prompt of every row; adds the column 'response'.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.GENERATE;
  }

  @Override
  public void run(JobContext context) throws IOException {
    InferSpec.Generate spec = Specs.generate(context.conf(), uri -> schema(context, uri));
    new InferJob(name(), SHOWN).run(context, spec);
  }

  private static String schema(JobContext context, String uri) {
    Configuration hadoop = context.session().get().sessionState().newHadoopConf();
    String option = InferenceKeys.JSON_SCHEMA.option();
    return Location.of(option, uri, hadoop).text(option);
  }
}

package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged model's files, a fake that answers for it (the longest candidate is the likeliest,
 * each prompt is echoed), and small files of our own in the suites' formats.
 */
class EvaluateJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "classpath:promptmill/models/tiny-random";

  @TempDir Path temp;

  @BeforeAll
  static void sparkIsThere() {
    LocalSpark.session(); // else the first job would stop its own
  }

  private Path data() throws IOException {
    Path data = temp.resolve("data");
    write(data.resolve("mmlu/dev/anatomy_dev.csv"), "d1,a,b,c,d,A\nd2,a,b,c,d,B\n");
    write(data.resolve("mmlu/val/anatomy_val.csv"), "q1,a,b,c,d,A\nq2,a,b,c,d,C\nq3,a,b,c,d,A\n");
    write(data.resolve("mmlu/dev/astronomy_dev.csv"), "e1,a,b,c,d,A\ne2,a,b,c,d,B\n");
    write(data.resolve("mmlu/val/astronomy_val.csv"), "r1,a,b,c,d,A\n");
    String gsm8k = "{\"question\":\"%s\",\"answer\":\"so\\n#### %d\"}\n";
    write(
        data.resolve("gsm8k/grade_school_math/data/train.jsonl"),
        gsm8k.formatted("t1", 1) + gsm8k.formatted("t2", 2) + gsm8k.formatted("t3", 3));
    write(
        data.resolve("gsm8k/grade_school_math/data/test.jsonl"),
        gsm8k.formatted("What is 12 plus 30?", 30) + gsm8k.formatted("None?", 7));
    return data;
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private CommandLineRun evaluate(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate", "--model", MODEL, "--data", data().toString(), "--dtype", "float32"));
    arguments.addAll(List.of(options));
    return CommandLineRun.of(new FakeOpener(), arguments);
  }

  /** Of the newest run: the results, or all samples. */
  private List<JsonNode> written(String output, String prefix) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(temp.resolve(output))) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().startsWith(prefix)) {
          for (String json :
              prefix.equals("results_")
                  ? List.of(Files.readString(file))
                  : Files.readAllLines(file)) {
            documents.add(JSON.readTree(json));
          }
        }
      }
    }
    return documents;
  }

  @Test
  void printsScoresAndWritesResultsSamplesPageAndReport() throws IOException {
    Path output = temp.resolve("out");

    CommandLineRun run =
        evaluate(
            "--tasks",
            "mmlu_anat*,mmlu_astronomy",
            "--split",
            "val",
            "--num-fewshot",
            "2",
            "--output",
            output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("anatomy", "astronomy", "acc");
    assertThat(run.err())
        .contains("4 items of 2 tasks, 4 requests", "results in", "page in")
        .contains("prompt tokens: 112 asked", "28 without", "16 computed, 85.7 % saved");
    JsonNode results = written("out", "results_").get(0);
    // all four candidates are equally long, so the first one is the best
    assertThat(results.at("/results/mmlu_anatomy/acc,none").doubleValue()).isEqualTo(2.0 / 3);
    assertThat(results.at("/n-samples/mmlu_anatomy/original").intValue()).isEqualTo(3);
    assertThat(results.at("/n-shot/mmlu_anatomy").intValue()).isEqualTo(2);
    assertThat(results.at("/config/model_dtype").textValue()).isEqualTo("float32");
    List<JsonNode> samples = written("out", "samples_");
    assertThat(samples).hasSize(4);
    assertThat(samples.get(0).at("/arguments/gen_args_0/arg_0").textValue())
        .isEqualTo(
            """
            The following are multiple choice questions (with answers) about anatomy.

            d1
            A. a
            B. b
            C. c
            D. d
            Answer: A

            d2
            A. a
            B. b
            C. c
            D. d
            Answer: B

            q1
            A. a
            B. b
            C. c
            D. d
            Answer:""");
    assertThat(output.resolve("report.html")).content().contains("mmlu_anatomy");
    JsonNode report = JSON.readTree(output.resolve("_promptmill/report.json").toFile());
    assertThat(report.get("job").textValue()).isEqualTo("evaluate");
    assertThat(report.get("rowsWritten").intValue()).isEqualTo(4);
  }

  @Test
  void withoutOutputTheTableIsAllThereIs() throws IOException {
    CommandLineRun run = evaluate("--tasks", "gsm8k", "--num-fewshot", "1", "--limit", "1");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("gsm8k", "strict-match", "flexible-extract");
    assertThat(run.err()).contains("1 items of 1 tasks").doesNotContain("results in");
  }

  @Test
  void aRerunAsksForNothingThatIsAnsweredUnlessToldTo() throws IOException {
    String[] command = {
      "--tasks",
      "gsm8k,mmlu_anatomy",
      "--num-fewshot",
      "0",
      "--split",
      "test",
      "--data-location",
      "mmlu=" + data().resolve("mmlu-as-test"),
      "--output",
      temp.resolve("out").toString()
    };
    write(temp.resolve("data/mmlu-as-test/test/anatomy_test.csv"), "q1,a,b,c,d,A\n");

    CommandLineRun first = evaluate(command);
    CommandLineRun second = evaluate(command);
    List<String> anew = new ArrayList<>(List.of(command));
    anew.add("--overwrite");
    CommandLineRun third = evaluate(anew.toArray(String[]::new));

    assertThat(first.err()).contains("3 requests\n", "3 rows in");
    assertThat(second.err()).contains("3 requests, 3 of them answered by an earlier run", "0 rows");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(third.err()).contains("3 requests\n", "3 rows in");
    assertThat(written("out", "results_")).hasSize(3);
  }

  @Test
  void offsetAndLimitTakeTheSameDocumentsWithTheSameExamples() throws IOException {
    evaluate("--tasks", "gsm8k", "--num-fewshot", "2", "--output", temp.resolve("all").toString());
    evaluate(
        "--tasks",
        "gsm8k",
        "--num-fewshot",
        "2",
        "--offset",
        "1",
        "--limit",
        "1",
        "--output",
        temp.resolve("second").toString());

    List<JsonNode> second = written("second", "samples_");
    assertThat(second).isNotEmpty().allMatch(sample -> sample.get("doc_id").intValue() == 1);
    JsonNode whole =
        written("all", "samples_").stream()
            .filter(sample -> sample.get("doc_id").intValue() == 1)
            .findFirst()
            .orElseThrow();
    assertThat(second.get(0).get("arguments")).isEqualTo(whole.get("arguments"));
  }

  @Test
  void chatItemsAreTracedAsTheTemplateWritesThem() throws IOException {
    CommandLineRun run =
        evaluate(
            "--tasks",
            "mmlu_anatomy",
            "--split",
            "val",
            "--limit",
            "1",
            "--num-fewshot",
            "1",
            "--apply-chat-template",
            "--system-instruction",
            "Be right.",
            "--output",
            temp.resolve("out").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode arguments = written("out", "samples_").get(0).at("/arguments/gen_args_1");
    assertThat(arguments.get("arg_0").textValue())
        .startsWith("<｜begin▁of▁sentence｜>Be right.")
        .contains("User: d1\nA. a", "Assistant: A<｜end▁of▁sentence｜>User: q1")
        .endsWith("\n\nAssistant:");
    assertThat(arguments.get("arg_1").textValue()).isEqualTo("B");
    JsonNode results = written("out", "results_").get(0);
    assertThat(results.get("chat_template").textValue()).contains("messages");
    assertThat(results.get("system_instruction").textValue()).isEqualTo("Be right.");
    assertThat(results.get("fewshot_as_multiturn").booleanValue()).isTrue();
  }

  @Test
  void severalModelsAreEvaluatedOneAfterTheOther() throws IOException {
    Path copy = Files.createDirectories(temp.resolve("copy"));
    for (String file :
        List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
      try (var in = getClass().getResourceAsStream("/promptmill/models/tiny-random/" + file)) {
        Files.write(copy.resolve(file), in.readAllBytes());
      }
    }

    CommandLineRun run =
        evaluate(
            "--model",
            copy.toString(),
            "--tasks",
            "mmlu_anatomy",
            "--split",
            "val",
            "--output",
            temp.resolve("out").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(written("out", "results_"))
        .extracting(each -> each.get("model_name").textValue())
        .containsExactlyInAnyOrder(MODEL, copy.toString());
    assertThat(temp.resolve("out/report.html")).content().contains(copy.toString());
  }

  @Test
  void failedItemsEndTheJobWithOneAndEverythingElseIsWritten() throws IOException {
    Path task =
        Files.writeString(
            temp.resolve("own.yaml"),
            """
            task: own
            dataset:
              suite: own
              files: {test: own.jsonl}
              how_to_get: Write it.
            output_type: multiple_choice
            test_split: test
            doc_to_text: "{{q}}"
            doc_to_choice: [A, B]
            doc_to_target: answer
            metric_list:
              - metric: acc
            metadata:
              version: 1.0
            """);
    write(
        temp.resolve("own/own.jsonl"),
        "{\"q\":\"fine\",\"answer\":0}\n{\"q\":\"%s\",\"answer\":0}\n".formatted(FakeOpener.FAIL));

    CommandLineRun run =
        evaluate(
            "--include-path",
            task.toString(),
            "--tasks",
            "own",
            "--data-location",
            "own=" + temp.resolve("own"),
            "--output",
            temp.resolve("out").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("1 of 2 items failed and are in no score; the same command again asks for those");
    assertThat(run.out()).contains("own", "1 failed");
    JsonNode results = written("out", "results_").get(0);
    assertThat(results.at("/promptmill/tasks/own/failed").intValue()).isEqualTo(1);
    assertThat(results.at("/results/own/acc,none").doubleValue()).isEqualTo(1);
  }

  @Test
  void listsTasksWithoutAModel() {
    CommandLineRun run = CommandLineRun.of("evaluate", "--list-tasks");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("mmlu_anatomy", "ceval-valid", "gsm8k", "group", "n-shot");
  }

  @Test
  void wrongOptionsAreUsageErrorsBeforeAnyWork() throws IOException {
    assertUsage(CommandLineRun.of("evaluate", "--tasks", "gsm8k"), "--model");
    assertUsage(evaluate(), "--tasks: expected names of tasks, found none");
    assertUsage(evaluate("--tasks", "gsm8"), "found 'gsm8'");
    assertUsage(evaluate("--tasks", "hellaswag"), "hellaswag");
    assertUsage(
        evaluate("--tasks", "gsm8k", "--num-fewshot", "0", "--offset", "7"),
        "--offset, --limit: expected");
    assertUsage(
        evaluate("--tasks", "gsm8k", "--output", data() + "/mmlu/dev/anatomy_dev.csv"),
        "found the file");
    Path plain = Files.createDirectories(temp.resolve("plain"));
    Files.writeString(plain.resolve("config.json"), "{}");
    assertThat(CommandLineRun.of("evaluate", "--model", plain.toString(), "--tasks", "gsm8k").err())
        .contains("safetensors");
  }

  private static void assertUsage(CommandLineRun run, String message) {
    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}

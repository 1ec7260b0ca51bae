package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.spark.testing.FakeOpener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunBatchJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;

  @Test
  void everyLineIsAnsweredOrHasItsErrorAndNoneIsLost() throws IOException {
    Path input =
        write(
            chat("a", "hello", ""),
            "",
            "not json",
            chat("b", "!fail", ""),
            "{\"custom_id\":\"c\",\"method\":\"POST\",\"url\":\"/v1/completions\",\"body\":{\"model\":\"m\",\"prompt\":[\"x\",\"yy\"],\"n\":2}}",
            "  ",
            chat("d", "hi", ",\"tools\":[{\"type\":\"function\"}]"),
            "{\"custom_id\":\"e\",\"method\":\"POST\",\"url\":\"/v1/embeddings\",\"body\":{\"input\":[\"xyz\",\"z\"]}}",
            chat("a", "again", ""));

    CommandLineRun run = fake(input, "--created", "7");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("7 rows in", "5 failed", "REQUEST_INVALID: 4", "PROMPT_INVALID: 1");
    assertThat(byId("output").keySet()).containsExactlyInAnyOrder("c", "e");
    List<JsonNode> errors = lines("errors");
    assertThat(errors).hasSize(5);
    assertThat(errors)
        .extracting(line -> line.path("custom_id").asText("-"))
        .containsExactlyInAnyOrder("-", "b", "d", "a", "a");
    assertThat(errors.stream().filter(line -> line.get("custom_id").isNull()))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.at("/error/code").asText()).isEqualTo("invalid_json_line");
              assertThat(line.at("/error/message").asText())
                  .contains("in.jsonl:3: expected a JSON object");
              assertThat(line.get("response").isNull()).isTrue();
            });
    assertThat(errors.stream().filter(line -> line.get("custom_id").asText().equals("a")))
        .extracting(line -> line.at("/error/message").asText())
        .satisfiesExactlyInAnyOrder(
            message -> assertThat(message).contains("in.jsonl:1: custom_id", "in.jsonl:9"),
            message -> assertThat(message).contains("in.jsonl:9: custom_id", "in.jsonl:1"));
    JsonNode report = JSON.readTree(temp.resolve("out/_promptmill/report.json").toFile());
    assertThat(report.path("job").asText()).isEqualTo("run-batch");
    assertThat(report.path("rowsRead").asLong()).isEqualTo(7);
    assertThat(report.path("rowsFailed").asLong()).isEqualTo(5);
    assertThat(report.path("completionTokens").asLong()).as("of all choices").isEqualTo(8);
    requireChoicesOfEachPromptInTurn(byId("output").get("c").at("/response/body"));
  }

  private static void requireChoicesOfEachPromptInTurn(JsonNode body) {
    assertThat(body.path("choices"))
        .extracting(choice -> choice.get("index") + " " + choice.get("text").asText())
        .containsExactly("0 echo: x 0", "1 echo: x 1", "2 echo: yy 0", "3 echo: yy 1");
    assertThat(body.path("usage").toString())
        .isEqualTo(
            "{\"prompt_tokens\":3,\"completion_tokens\":8,\"total_tokens\":11,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":2}}");
    assertThat(body.path("created").asLong()).isEqualTo(7);
    assertThat(body.path("model").asText()).isEqualTo("m");
    assertThat(body.path("system_fingerprint").asText()).isEqualTo(FakeOpener.REVISION);
  }

  @Test
  void singleFilesAreInTheInputsOrder() throws IOException {
    Path input =
        write(
            IntStream.range(0, 40)
                .mapToObj(i -> chat("r" + i, "hello", ""))
                .toArray(String[]::new));

    CommandLineRun run = fake(input, "--single-files", "--partitions", "3");

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> ids = new ArrayList<>();
    for (String line : Files.readAllLines(temp.resolve("out/output.jsonl"))) {
      ids.add(JSON.readTree(line).get("custom_id").asText());
    }
    assertThat(ids).isEqualTo(IntStream.range(0, 40).mapToObj(i -> "r" + i).toList());
    assertThat(temp.resolve("out/errors.jsonl")).isEmptyFile();
    assertThat(temp.resolve("out/output")).doesNotExist();
  }

  @Test
  void limitsAndModelsAreChecked() throws IOException {
    Path input = write(chat("a", "hello", ""), chat("b", "hello", ",\"model\":\"other\""));

    assertThat(fake(input, "--max-requests", "1"))
        .satisfies(
            run -> {
              assertThat(run.exitCode()).isEqualTo(2);
              assertThat(run.err())
                  .contains("--max-requests: expected files of at most 1", "in.jsonl");
            });
    assertThat(fake(input, "--served-model-name", "mine").exitCode()).isZero();
    assertThat(byId("output").get("a").at("/response/body/model").asText()).isEqualTo("mine");
    assertThat(byId("errors").get("b").at("/response/status_code").asInt()).isEqualTo(404);
    assertThat(byId("errors").get("b").at("/response/body/error/code").asText())
        .isEqualTo("model_not_found");
  }

  @Test
  void printsLinesWithoutAnOutputAndFailsOnErrorWhereAsked() throws IOException {
    Path input = write(chat("a", "hello", ""), "", chat("b", "!fail", ""));

    CommandLineRun printed = run("--input", input.toString());
    assertThat(printed.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\":\"batch_req_"));

    CommandLineRun failed = run("--input", input.toString(), "--fail-on-error");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("in.jsonl:3: failed as asked");
  }

  @Test
  void answersDoNotDependOnOrderOrPartitions() throws IOException {
    List<String> requests = new ArrayList<>(requests(12, "completions"));
    requests.addAll(requests(6, "chat/completions"));
    requests.addAll(requests(4, "embeddings"));
    Map<String, JsonNode> first = tiny(requests, "1");
    assertThat(first).hasSize(22);
    assertThat(
            first.values().stream()
                .map(line -> line.at("/response/body/choices/0/text").asText())
                .distinct())
        .as("drawn at temperature 1, with a seed for each request")
        .hasSizeGreaterThan(10);

    Collections.shuffle(requests, new Random(3));

    assertThat(tiny(requests, "3")).isEqualTo(first);
  }

  @Test
  void theDemoModelAnswersTheSample() throws IOException {
    CommandLineRun run =
        CommandLineRun.onRealModel(
            List.of(
                "run-batch",
                "--model",
                "demo",
                "--cache-bytes",
                "64m",
                "--pooling",
                "mean",
                "--input",
                Path.of("samples/batch.jsonl").toString(),
                "--output",
                temp.resolve("out").toString()));

    assertThat(run.exitCode()).as(run.err()).isZero();
    Map<String, JsonNode> lines = byId("output");
    assertThat(lines.get("review").at("/response/body/choices/0/message/content").asText().strip())
        .isEqualTo("negative");
    JsonNode order =
        JSON.readTree(lines.get("order").at("/response/body/choices/0/message/content").asText());
    assertThat(order.path("city").asText()).isEqualTo("Tata");
    assertThat(order.path("quantity").asInt()).isEqualTo(19);
    JsonNode drafts = lines.get("drafts").at("/response/body/choices");
    assertThat(drafts).hasSize(4);
    drafts.forEach(RunBatchJobTest::requireLogprobs);
    JsonNode vectors = lines.get("vectors").at("/response/body/data");
    assertThat(vectors).hasSize(2);
    double squares = 0;
    for (JsonNode value : vectors.get(0).get("embedding")) {
      squares += value.asDouble() * value.asDouble();
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
    assertThat(byId("errors").keySet()).containsExactly("weather");
  }

  /** The tokens are the text's, each where it stands. */
  private static void requireLogprobs(JsonNode choice) {
    JsonNode logprobs = choice.get("logprobs");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < logprobs.get("tokens").size(); i++) {
      assertThat(logprobs.get("text_offset").get(i).asInt()).isEqualTo(text.length());
      text.append(logprobs.get("tokens").get(i).asText());
      assertThat(logprobs.get("token_logprobs").get(i).asDouble()).isNegative();
      assertThat(logprobs.get("top_logprobs").get(i)).hasSize(1);
    }
    assertThat(choice.get("text").asText()).isEqualTo(text.toString());
  }

  /** Answers of the model with random weights, by custom_id; without what depends on company. */
  private Map<String, JsonNode> tiny(List<String> requests, String partitions) throws IOException {
    Path input = write(requests.toArray(String[]::new));
    CommandLineRun run =
        CommandLineRun.onRealModel(
            List.of(
                "run-batch",
                "--model",
                "tiny-random",
                "--cache-bytes",
                "16m",
                "--input",
                input.toString(),
                "--output",
                temp.resolve("out").toString(),
                "--overwrite",
                "--partitions",
                partitions,
                "--created",
                "1"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    Map<String, JsonNode> lines = byId("output");
    lines
        .values()
        .forEach(
            line -> ((ObjectNode) line.at("/response/body/usage")).remove("prompt_tokens_details"));
    return lines;
  }

  private static List<String> requests(int count, String endpoint) {
    String content =
        switch (endpoint) {
          case "completions" -> "\"prompt\":\"same for all\",\"logprobs\":2";
          case "embeddings" -> "\"input\":\"text\"";
          default -> "\"messages\":[{\"role\":\"user\",\"content\":\"same\"}],\"max_tokens\":8";
        };
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"custom_id\":\"%sr%d\",\"method\":\"POST\",\"url\":\"/v1/%s\",\"body\":{%s}}"
                    .formatted(
                        endpoint.equals("completions") ? "" : endpoint, i, endpoint, content))
        .toList();
  }

  private static String chat(String id, String content, String more) {
    return ("{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
            + "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}}")
        .formatted(id, content, more);
  }

  private Path write(String... lines) throws IOException {
    return Files.writeString(temp.resolve("in.jsonl"), String.join("\n", lines) + "\n");
  }

  private CommandLineRun fake(Path input, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of("--input", input.toString(), "--output", temp.resolve("out").toString()));
    args.add("--overwrite");
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  private CommandLineRun run(String... args) throws IOException {
    return CommandLineRun.withModel(temp, "run-batch", args);
  }

  private List<JsonNode> lines(String folder) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> parts = Files.list(temp.resolve("out").resolve(folder))) {
      parts
          .filter(part -> part.getFileName().toString().matches("part-\\d{5}\\.jsonl"))
          .sorted()
          .flatMap(RunBatchJobTest::linesOf)
          .forEach(lines::add);
    }
    return lines;
  }

  private static Stream<JsonNode> linesOf(Path part) {
    try {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : Files.readAllLines(part)) {
        lines.add(JSON.readTree(line));
      }
      return lines.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, JsonNode> byId(String folder) throws IOException {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    lines(folder).forEach(line -> byId.put(line.get("custom_id").asText(), line));
    return byId;
  }
}

package io.promptmill.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.benchmark.BenchmarkSizes.Prompts;
import io.promptmill.benchmark.BenchmarkSizes.SharedPrompts;
import io.promptmill.checkpoint.RandomCheckpoint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.runtime.MachineLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's own code on a model of some kilobytes; says nothing about speed. */
class BenchmarkTest {
  private static final int REPEATS = 2;
  private static final BenchmarkSizes TINY =
      new BenchmarkSizes(
          RandomCheckpoint.deepseekV2Lite(3)
              .with("vocab_size", 100)
              .with("hidden_size", 64)
              .with("intermediate_size", 48)
              .with("num_attention_heads", 2)
              .with("num_key_value_heads", 2)
              .with("kv_lora_rank", 16)
              .with("qk_nope_head_dim", 8)
              .with("qk_rope_head_dim", 4)
              .with("v_head_dim", 8)
              .with("moe_intermediate_size", 24)
              .with("n_routed_experts", 4)
              .with("num_experts_per_tok", 2),
          1 << 13,
          List.of(new Prompts(1, 40), new Prompts(2, 20)),
          List.of(1, 3),
          33,
          2,
          new SharedPrompts(5, 32, 4),
          new SharedPrompts(3, 32, 4),
          4,
          new MachineLimits.Effort(64, 1 << 16, 1));

  @TempDir Path folder;

  private BenchmarkOptions options(Optional<Path> jobs, Set<Part> parts) {
    return new BenchmarkOptions(
        3,
        "float32",
        List.of("cpu"),
        1,
        64,
        Optional.of(folder.resolve("work").toString()),
        jobs,
        REPEATS,
        parts);
  }

  private BenchmarkReport run(BenchmarkOptions options, List<String> progress) {
    return new Benchmark(options, TINY, new Configuration(false), progress::add).run();
  }

  @Test
  void measuresEveryPartAndItsShareOfTheMachinesLimits() throws IOException {
    List<String> progress = new ArrayList<>();
    BenchmarkReport report = run(options(Optional.empty(), EnumSet.allOf(Part.class)), progress);

    assertThat(report.measurements())
        .extracting(Measurement::name)
        .containsExactly(
            "prefill 1 x 40",
            "prefill 2 x 20",
            "decode batch 1",
            "decode batch 3",
            "5 five-shot choice documents",
            "5 five-shot choice documents, cache hit rate",
            "3 five-shot prompts, 4 new tokens",
            "3 five-shot prompts, 4 new tokens",
            "3 five-shot prompts, 4 new tokens, cache hit rate");
    assertThat(report.measurements())
        .allSatisfy(
            each -> {
              assertThat(each.values()).hasSize(REPEATS).allMatch(value -> value > 0);
              assertThat(each.median())
                  .isBetween(
                      each.values().stream().min(Double::compare).get(),
                      each.values().stream().max(Double::compare).get());
              if (each.limit() != null) {
                assertThat(each.limit()).isPositive();
                assertThat(each.share()).isCloseTo(each.median() / each.limit(), within(1e-9));
              }
            });
    assertThat(report.measurements().stream().filter(each -> each.limit() != null)).hasSize(6);
    // All documents but the first find the whole header: 4 of 5 times 32 of 36 tokens.
    assertThat(report.measurements().get(5).median()).isCloseTo(0.8 * 32 / 36, within(1e-9));
    assertThat(report.load().growth()).isNotNegative();
    assertThat(report.load().weightBytes()).isPositive();
    assertThat(report.load().parameters()).isPositive();
    assertThat(report.limits().float32Gflops()).isPositive();
    assertThat(report.limits().bfloat16Gflops()).isPositive();
    assertThat(report.limits().readGbs()).isPositive();
    assertThat(progress).anyMatch(line -> line.startsWith("writing a random checkpoint"));
    assertThat(String.join("\n", report.toText()))
        .contains("TensorFlow", "decode batch 3", "machine limits", "weights + cache + 1 GiB");

    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.at("/machine/processors").asInt()).isPositive();
    assertThat(json.at("/machine/tensorFlow").asText()).isNotEmpty();
    assertThat(json.at("/settings/layers").asInt()).isEqualTo(3);
    assertThat(json.at("/settings/parts")).hasSize(Part.values().length);
    assertThat(json.at("/load/dtype").asText()).isEqualTo("float32");
    assertThat(json.at("/measurements")).hasSize(9);
    assertThat(json.at("/measurements/0/values")).hasSize(REPEATS);
  }

  @Test
  void usesTheWorkDirectorysCheckpointAgainAndGivenTokenIds() throws IOException {
    run(options(Optional.empty(), Set.of(Part.LOAD)), new ArrayList<>());
    Path jobs =
        Files.writeString(
            folder.resolve("jobs.json"),
            """
            {"info": {"letters": [[1], [2]]}, "mmlu": [{"ids": [1, 2, 3]}, {"ids": [1, 2, 4]}],
             "gsm8k": [[5, 6]]}
            """);

    List<String> progress = new ArrayList<>();
    BenchmarkReport report =
        run(options(Optional.of(jobs), EnumSet.of(Part.MMLU, Part.GSM8K)), progress);

    assertThat(progress).anyMatch(line -> line.startsWith("checkpoint found in"));
    assertThat(report.limits()).isNull();
    assertThat(report.measurements().get(0).name()).isEqualTo("2 five-shot choice documents");
    assertThat(report.measurements()).allMatch(each -> each.share() == null);
  }

  @Test
  void refusesAWorkDirectoryWithAnotherCheckpoint() {
    RandomCheckpoint.write(
        folder.resolve("work").toString(),
        new Configuration(false),
        TINY.config().with("num_hidden_layers", 2),
        1);

    assertThatThrownBy(() -> run(options(Optional.empty(), Set.of(Part.LOAD)), new ArrayList<>()))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining("--work-dir")
        .hasMessageContaining("of 3 layers")
        .hasMessageContaining("of 2 layers");
  }

  @Test
  void limitsAloneNeedNoModel() {
    BenchmarkReport report = run(options(Optional.empty(), Set.of(Part.LIMITS)), new ArrayList<>());

    assertThat(report.load()).isNull();
    assertThat(report.limits().readGbs()).isPositive();
    assertThat(folder.resolve("work")).doesNotExist();
  }

  @Test
  void refusesOtherJobsFilesAndParts() throws IOException {
    Path text = Files.writeString(folder.resolve("a.json"), "{");
    Path none = Files.writeString(folder.resolve("b.json"), "{\"mmlu\": []}");
    Path words = Files.writeString(folder.resolve("c.json"), "{\"mmlu\": [{\"ids\": [\"x\"]}]}");

    assertThatThrownBy(() -> JobTokens.read(text)).hasMessageContaining("a.json: expected JSON");
    assertThatThrownBy(() -> JobTokens.read(none)).hasMessageContaining("field mmlu, found none");
    assertThatThrownBy(() -> JobTokens.read(words))
        .hasMessageContaining("token ids in field mmlu[].ids, found \"x\"");
    assertThatThrownBy(() -> JobTokens.read(folder.resolve("absent")))
        .hasMessageContaining("--jobs")
        .hasMessageContaining("expected a readable file");
    assertThatThrownBy(() -> Part.of(List.of("prefil")))
        .hasMessage(
            "--only: expected some of load, limits, prefill, decode, mmlu, gsm8k, found 'prefil'");
  }
}

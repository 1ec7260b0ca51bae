package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.integer;
import static io.promptmill.spark.conf.ValueTypes.names;
import static io.promptmill.spark.conf.ValueTypes.text;

import java.util.List;

/** Options of {@code benchmark}. */
public final class BenchmarkKeys {
  private static final String SECTION = "Benchmark";

  public static final ConfKey<Integer> LAYERS =
      new ConfKey<>("layers", SECTION, integer(1), "4", "decoder layers; the first one is dense");
  public static final ConfKey<List<String>> ONLY =
      new ConfKey<>(
          "only",
          SECTION,
          names("PART,…"),
          "load,limits,prefill,decode,mmlu,gsm8k",
          "what to measure; without limits no shares of them");
  public static final ConfKey<Integer> REPEATS =
      new ConfKey<>(
          "repeats", SECTION, integer(1), "3", "measurements of each kind; the median counts");
  public static final ConfKey<String> WORK_DIR =
      new ConfKey<>(
          "workDir",
          SECTION,
          text("URI"),
          null,
          "folder for the random checkpoint, kept and used again; without it a temporary one");
  public static final ConfKey<String> JOBS =
      new ConfKey<>(
          "jobs",
          SECTION,
          text("FILE"),
          null,
          "JSON with token ids of the two jobs: mmlu[].ids, info.letters, gsm8k[]; without it"
              + " random ones");

  static final List<ConfKey<?>> OWN = List.of(LAYERS, ONLY, REPEATS, WORK_DIR, JOBS);

  private BenchmarkKeys() {}
}

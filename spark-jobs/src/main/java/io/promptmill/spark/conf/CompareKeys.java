package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.texts;

import java.util.List;

/** Options of {@code compare}. */
public final class CompareKeys {
  private static final String SECTION = "Comparison";

  public static final ConfKey<List<String>> RUN =
      new ConfKey<>(
          "run",
          SECTION,
          texts("URI"),
          null,
          "finished evaluation, of Promptmill or of lm-evaluation-harness: its folder, the newest"
              + " date in it counts, or its results_<date>.json; repeatable, the first is the"
              + " baseline");

  static final List<ConfKey<?>> OWN = List.of(RUN);

  private CompareKeys() {}
}

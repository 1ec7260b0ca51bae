package io.promptmill.spark.eval.report;

import io.promptmill.spark.eval.report.run.Run;
import java.util.ArrayList;
import java.util.List;

/** Short names of runs: the last part of the model's, numbered where it is not unique. */
public final class RunNames {
  private RunNames() {}

  /** One for each run, all different. */
  public static List<String> of(List<Run> runs) {
    List<String> shorts = runs.stream().map(run -> last(run.facts().model())).toList();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shorts.size(); i++) {
      String name = shorts.get(i);
      boolean unique = shorts.stream().filter(name::equals).count() == 1;
      names.add(unique ? name : "%s (%d)".formatted(name, i + 1));
    }
    return names;
  }

  private static String last(String model) {
    String trimmed = model.replaceAll("[/\\\\]+$", "");
    String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    return name.isEmpty() ? model : name;
  }
}

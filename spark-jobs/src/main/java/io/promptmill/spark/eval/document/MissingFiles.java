package io.promptmill.spark.eval.document;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one message that says which files are expected where, and how to get them. */
final class MissingFiles {

  private static final int SHOWN = 5;

  private record Split(List<String> found, List<SplitFiles> missing) {}

  private record Suite(String where, String howToGet, Map<String, Split> splits) {}

  private final Map<String, Suite> suites = new LinkedHashMap<>();

  void add(SplitNeed need, SplitFiles files, DataRoots roots) {
    String name = need.dataset().suite();
    Suite suite =
        suites.computeIfAbsent(
            name,
            key ->
                new Suite(
                    roots
                        .uri(name)
                        .map(uri -> "under %s (%s)".formatted(uri, roots.option(name)))
                        .orElse(
                            "under the folder of --data or --data-location %s=URI, and neither was given"
                                .formatted(name)),
                    need.dataset().howToGet(),
                    new LinkedHashMap<>()));
    Split split =
        suite.splits.computeIfAbsent(
            need.split(), key -> new Split(new ArrayList<>(), new ArrayList<>()));
    if (files.files().isEmpty()) {
      split.missing.add(files);
    } else {
      split.found.add(files.files().get(0).path().getName());
    }
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if any split is missing
   */
  void throwIfAny() {
    List<String> texts = new ArrayList<>();
    suites.forEach(
        (name, suite) -> {
          if (suite.splits.values().stream().anyMatch(split -> !split.missing.isEmpty())) {
            texts.add(text(name, suite));
          }
        });
    if (!texts.isEmpty()) {
      throw new PromptmillException(ErrorCode.OPTION_INVALID, String.join("\n", texts));
    }
  }

  private static String text(String name, Suite suite) {
    StringBuilder text = new StringBuilder();
    text.append("data of %s: expected files %s:".formatted(name, suite.where));
    suite.splits.forEach(
        (split, files) -> {
          int all = files.found.size() + files.missing.size();
          text.append("\n  split %s: found %d of %d".formatted(split, files.found.size(), all));
          if (!files.found.isEmpty()) {
            text.append(" (").append(shortened(files.found)).append(')');
          }
          if (!files.missing.isEmpty()) {
            List<String> patterns =
                files.missing.stream().map(each -> String.join(" or ", each.patterns())).toList();
            text.append("; missing ").append(shortened(patterns));
          }
        });
    if (!suite.howToGet.isBlank()) {
      text.append("\n  ").append(suite.howToGet);
    }
    return text.toString();
  }

  private static String shortened(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? shown : shown + " and %d more".formatted(names.size() - SHOWN);
  }
}

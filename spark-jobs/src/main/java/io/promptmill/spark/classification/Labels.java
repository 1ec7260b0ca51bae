package io.promptmill.spark.classification;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ClassificationKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.io.Location;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** The labels of a job, in the user's order, all different. */
record Labels(List<Label> all) implements Serializable {
  Labels {
    all = List.copyOf(all);
  }

  /**
   * From {@code --label} or {@code --labels}.
   *
   * @param least number of labels
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if not one of the two is
   *     given, or if a label is empty or there twice
   */
  static Labels of(PromptmillConf conf, int least, Supplier<Configuration> hadoop) {
    Optional<List<String>> texts = conf.find(ClassificationKeys.LABEL);
    Optional<String> file = conf.find(ClassificationKeys.LABELS);
    if (texts.isPresent() == file.isPresent()) {
      throw invalid(
          "expected one of --label and --labels, found " + (file.isPresent() ? "both" : "neither"));
    }
    String origin = file.isPresent() ? "--labels" : "--label";
    List<Label> labels =
        file.isPresent()
            ? LabelFile.parse(Location.of(origin, file.get(), hadoop.get()), origin)
            : texts.get().stream().map(Labels::ofOption).toList();
    return checked(labels, least, origin);
  }

  /** {@code name} or {@code name=description}. */
  private static Label ofOption(String text) {
    int equals = text.indexOf('=');
    String name = WhiteSpace.strip(equals < 0 ? text : text.substring(0, equals));
    String description = equals < 0 ? "" : WhiteSpace.strip(text.substring(equals + 1));
    if (name.isEmpty()) {
      throw invalid("--label: expected a name, found none in '" + text + "'");
    }
    return new Label(name, description, name);
  }

  private static Labels checked(List<Label> labels, int least, String origin) {
    if (labels.size() < least) {
      throw invalid(
          "%s: expected at least %d, found %d%s"
              .formatted(origin, least, labels.size(), least > 1 ? "; one alone is certain" : ""));
    }
    requireDifferent(labels, Label::name, origin, "names");
    requireDifferent(labels, Label::answer, origin, "answers");
    return new Labels(labels);
  }

  private static void requireDifferent(
      List<Label> labels, Function<Label, String> part, String origin, String what) {
    Set<String> seen = new HashSet<>();
    for (Label label : labels) {
      if (!seen.add(part.apply(label))) {
        throw invalid(
            "%s: expected different %s, found '%s' twice"
                .formatted(origin, what, part.apply(label)));
      }
    }
  }

  List<String> names() {
    return all.stream().map(Label::name).toList();
  }

  List<String> answers() {
    return all.stream().map(Label::answer).toList();
  }

  boolean described() {
    return all.stream().anyMatch(label -> !label.description().isEmpty());
  }

  /** Whether an answer begins another one. */
  boolean nested() {
    List<String> sorted = new ArrayList<>(answers());
    sorted.sort(null); // an answer stands right before those that it begins
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).startsWith(sorted.get(i - 1))) {
        return true;
      }
    }
    return false;
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}

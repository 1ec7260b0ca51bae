package io.promptmill.spark.eval.score;

import static io.promptmill.spark.eval.task.OutputType.GENERATE_UNTIL;
import static io.promptmill.spark.eval.task.OutputType.LOGLIKELIHOOD;
import static io.promptmill.spark.eval.task.OutputType.LOGLIKELIHOOD_ROLLING;
import static io.promptmill.spark.eval.task.OutputType.MULTIPLE_CHOICE;
import static java.util.Map.entry;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.NearestName;
import io.promptmill.spark.eval.score.SampleValue.Kind;
import io.promptmill.spark.eval.task.MetricDefinition;
import io.promptmill.spark.eval.task.OutputType;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The metrics that a task's {@code metric_list} can name. */
final class Metrics {

  static final Map<String, Form> BY_NAME =
      Map.ofEntries(
          entry(
              "acc",
              new Form(
                  Kind.NUMBER,
                  "mean",
                  true,
                  Map.of(
                      MULTIPLE_CHOICE,
                      ChoiceMetrics::accuracy,
                      LOGLIKELIHOOD,
                      TextMetrics::greedy))),
          entry("acc_norm", choice("mean", Kind.NUMBER, ChoiceMetrics::accuracyByCharacters)),
          entry("acc_bytes", choice("mean", Kind.NUMBER, ChoiceMetrics::accuracyByBytes)),
          entry(
              "exact_match",
              new Form(
                  Kind.NUMBER,
                  "mean",
                  true,
                  Map.of(GENERATE_UNTIL, ExactMatch::new, MULTIPLE_CHOICE, ChoiceMetrics::greedy))),
          entry("f1", choice("f1", Kind.LABELS, ChoiceMetrics::labels)),
          entry("mcc", choice("matthews_corrcoef", Kind.LABELS, ChoiceMetrics::labels)),
          entry(
              "perplexity",
              new Form(
                  Kind.NUMBER,
                  "perplexity",
                  false,
                  Map.of(LOGLIKELIHOOD, TextMetrics::loglikelihood))),
          entry("word_perplexity", rolling("weighted_perplexity", TextMetrics::perWord)),
          entry("byte_perplexity", rolling("weighted_perplexity", TextMetrics::perByte)),
          entry("bits_per_byte", rolling("bits_per_byte", TextMetrics::perByte)),
          entry("bleu", generated("bleu")),
          entry("chrf", generated("chrf")),
          entry("chrf++", generated("chrf++")));

  private Metrics() {}

  /**
   * @param aggregation by default
   * @param constructors by the kind of task
   */
  record Form(
      Kind kind,
      String aggregation,
      boolean higherIsBetter,
      Map<OutputType, Function<Arguments, Metric>> constructors) {}

  /** A metric with its aggregation, ready for use. */
  record Configured(
      MetricDefinition definition,
      Metric metric,
      Aggregation aggregation,
      Aggregations.Form form) {}

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} for an unknown name, argument
   *     or aggregation, a bad value, or a metric that tasks of this kind do not have
   */
  static Configured of(MetricDefinition definition, OutputType outputType) {
    String name = definition.metric();
    Form form = form(name);
    Function<Arguments, Metric> constructor = form.constructors().get(outputType);
    if (constructor == null) {
      throw error(
          "metric '%s' is not defined for %s tasks; it is for %s"
              .formatted(name, label(outputType), labels(form.constructors().keySet())));
    }
    Aggregations.Form aggregation =
        Aggregations.BY_NAME.get(
            definition.aggregation() == null ? form.aggregation() : definition.aggregation());
    if (aggregation == null || aggregation.kind() != form.kind()) {
      throw error(
          "metric '%s' has no aggregation '%s'; it can have %s"
              .formatted(name, definition.aggregation(), aggregationsOf(form.kind())));
    }
    Arguments arguments = new Arguments("metric '" + name + "'", definition.arguments());
    Metric metric = constructor.apply(arguments);
    Aggregation aggregated = aggregation.constructor().apply(arguments);
    arguments.refuseOthers();
    return new Configured(definition, metric, aggregated, aggregation);
  }

  private static Form form(String name) {
    Form form = BY_NAME.get(name);
    if (form == null) {
      throw error(
          "unknown metric '%s'%s; known are %s"
              .formatted(
                  name,
                  NearestName.hint(name, BY_NAME.keySet()),
                  String.join(", ", new TreeSet<>(BY_NAME.keySet()))));
    }
    return form;
  }

  private static Form choice(
      String aggregation, Kind kind, Function<Arguments, Metric> constructor) {
    return new Form(kind, aggregation, true, Map.of(MULTIPLE_CHOICE, constructor));
  }

  private static Form rolling(String aggregation, Function<Arguments, Metric> constructor) {
    return new Form(Kind.WEIGHTED, aggregation, false, Map.of(LOGLIKELIHOOD_ROLLING, constructor));
  }

  private static Form generated(String aggregation) {
    return new Form(Kind.TEXTS, aggregation, true, Map.of(GENERATE_UNTIL, TextMetrics::texts));
  }

  private static String aggregationsOf(Kind kind) {
    TreeSet<String> names = new TreeSet<>();
    Aggregations.BY_NAME.forEach(
        (name, form) -> {
          if (form.kind() == kind) {
            names.add(name);
          }
        });
    return String.join(", ", names);
  }

  private static String labels(Collection<OutputType> outputTypes) {
    TreeSet<String> labels = new TreeSet<>();
    outputTypes.forEach(outputType -> labels.add(label(outputType)));
    return String.join(", ", labels);
  }

  private static String label(OutputType outputType) {
    return outputType.name().toLowerCase(Locale.ROOT);
  }

  private static PromptmillException error(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}

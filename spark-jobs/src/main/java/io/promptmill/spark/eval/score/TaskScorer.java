package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.score.Aggregation.Corpus;
import io.promptmill.spark.eval.task.OutputType;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Scores one task. */
final class TaskScorer {
  private final TaskRun run;
  private final List<Pipeline> pipelines;
  private final List<Metrics.Configured> metrics;
  private final int bootstrapIterations;

  TaskScorer(TaskRun run, int bootstrapIterations) {
    TaskDefinition task = run.task();
    this.run = run;
    this.pipelines = task.filters().stream().map(Pipeline::new).toList();
    this.metrics =
        task.metrics().stream().map(metric -> Metrics.of(metric, task.outputType())).toList();
    this.bootstrapIterations = bootstrapIterations;
  }

  TaskScore score() {
    List<ItemOutcome> outcomes =
        run.outcomes().stream()
            .sorted(Comparator.comparingInt((ItemOutcome outcome) -> outcome.item().docId()))
            .toList();
    List<SampleScore> samples = new ArrayList<>();
    List<MetricScore> scores = new ArrayList<>();
    SanityCounts sanity = new SanityCounts(outcomes);
    for (Pipeline pipeline : pipelines) {
      List<SampleScore> ofPipeline =
          outcomes.stream().map(outcome -> sample(outcome, pipeline)).toList();
      sanity.countNotFound(pipeline, ofPipeline);
      samples.addAll(ofPipeline);
      for (Metrics.Configured metric : metrics) {
        List<SampleValue> values =
            ofPipeline.stream()
                .filter(sample -> sample.values().containsKey(metric.definition().metric()))
                .map(sample -> sample.values().get(metric.definition().metric()))
                .toList();
        if (!values.isEmpty()) {
          scores.add(score(metric, pipeline.name(), values));
        }
      }
    }
    return new TaskScore(run, samples, scores, sanity.total());
  }

  private SampleScore sample(ItemOutcome outcome, Pipeline pipeline) {
    EvaluationItem item = outcome.item();
    List<List<Object>> responses = responses(outcome.answer());
    List<Object> filtered = new ArrayList<>();
    for (List<Object> ofRequest : responses) {
      filtered.add(pipeline.apply(ofRequest, item.document()));
    }
    Map<String, SampleValue> values = new LinkedHashMap<>();
    if (!responses.isEmpty() && hasTarget(item)) {
      if (filtered.get(0) instanceof List<?> list) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID,
            "%s, task %s: filter pipeline '%s' leaves %d answers for metrics; end it with take_first"
                .formatted(run.task().origin(), run.task().name(), pipeline.name(), list.size()));
      }
      for (Metrics.Configured metric : metrics) {
        values.put(metric.definition().metric(), metric.metric().of(item, filtered));
      }
    }
    return new SampleScore(outcome, pipeline.name(), responses, filtered, values);
  }

  /** A test set without published answers has nothing to compare with. */
  private boolean hasTarget(EvaluationItem item) {
    return run.task().outputType() != OutputType.MULTIPLE_CHOICE || !item.target().isEmpty();
  }

  /** For each request its answers. */
  private static List<List<Object>> responses(ModelAnswer answer) {
    if (answer instanceof ModelAnswer.Loglikelihoods pairs) {
      return pairs.likelihoods().stream().map(List::<Object>of).toList();
    }
    if (answer instanceof ModelAnswer.Texts texts) {
      return List.of(List.copyOf(texts.texts()));
    }
    if (answer instanceof ModelAnswer.Rolling rolling) {
      return List.of(List.of(rolling.sum()));
    }
    return List.of();
  }

  private MetricScore score(Metrics.Configured metric, String filter, List<SampleValue> values) {
    Corpus corpus = metric.aggregation().over(values);
    return new MetricScore(
        metric.definition().metric(),
        filter,
        corpus.score(),
        standardError(metric.form(), corpus),
        metric.definition().higherIsBetter(),
        values.size());
  }

  private OptionalDouble standardError(Aggregations.Form form, Corpus corpus) {
    int draws = Math.min(bootstrapIterations, form.maxDraws());
    if (corpus.size() < 2 || bootstrapIterations < 1) {
      return OptionalDouble.empty();
    }
    return switch (form.standardError()) {
      case OF_MEAN ->
          OptionalDouble.of(
              Bootstrap.standardErrorOfMean(
                  IntStream.range(0, corpus.size())
                      .mapToDouble(i -> corpus.score(new int[] {i}))
                      .toArray()));
      case BOOTSTRAP -> OptionalDouble.of(Bootstrap.standardError(corpus, draws));
      case NONE -> OptionalDouble.empty();
    };
  }
}

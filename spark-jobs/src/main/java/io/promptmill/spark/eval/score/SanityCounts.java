package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.text.python.PythonText;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Counts of a task's items that deserve a look before its mean is believed. */
final class SanityCounts {
  private final List<ItemOutcome> outcomes;
  private final Map<String, Integer> notExtracted = new LinkedHashMap<>();
  private final Set<Integer> documents = new HashSet<>();

  SanityCounts(List<ItemOutcome> outcomes) {
    this.outcomes = outcomes;
  }

  void countNotFound(Pipeline pipeline, List<SampleScore> samples) {
    int count = 0;
    for (SampleScore sample : samples) {
      if (sample.filtered().stream().anyMatch(pipeline::isNotFound)) {
        documents.add(sample.outcome().item().docId());
        count++;
      }
    }
    notExtracted.put(pipeline.name(), count);
  }

  TaskScore.Sanity total() {
    return new TaskScore.Sanity(
        outcomes.size(),
        count(outcome -> outcome.answer() instanceof ModelAnswer.Failed),
        count(outcome -> outcome.tokens().truncated() > 0),
        count(SanityCounts::hasEmptyText),
        documents.size(),
        notExtracted);
  }

  private static boolean hasEmptyText(ItemOutcome outcome) {
    return outcome.answer() instanceof ModelAnswer.Texts texts
        && texts.texts().stream().anyMatch(text -> PythonText.strip(text).isEmpty());
  }

  private int count(Predicate<ItemOutcome> condition) {
    return (int) outcomes.stream().filter(condition).count();
  }
}

package io.promptmill.spark.eval.result;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.score.SampleScore;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskScore;
import io.promptmill.spark.eval.task.OutputType;
import io.promptmill.text.python.PythonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers to test sets whose solutions are not published, as C-Eval's judges take them: {@code
 * {subject: {id: answer}}}. Subject is what follows the first underscore of the task's name, id is
 * the document's field {@code id} or else its index, answer is the likeliest choice or the first
 * pipeline's answer. An item that failed has an empty answer.
 */
final class Submission {
  private Submission() {}

  /** The file's text, or nothing where every task has answers. */
  static Optional<String> json(Scores scores) {
    Map<String, Object> subjects = new LinkedHashMap<>();
    for (TaskScore task : scores.tasks()) {
      if (isUnanswered(task)) {
        String name = task.name();
        subjects.put(name.substring(name.indexOf('_') + 1), answers(task));
      }
    }
    return subjects.isEmpty() ? Optional.empty() : Optional.of(PythonJson.indented(subjects));
  }

  private static boolean isUnanswered(TaskScore task) {
    return !task.samples().isEmpty()
        && task.samples().stream().allMatch(sample -> sample.outcome().item().target().isEmpty());
  }

  private static Map<String, Object> answers(TaskScore task) {
    String firstPipeline = task.run().task().filters().get(0).name();
    Map<String, Object> answers = new LinkedHashMap<>();
    for (SampleScore sample : task.samples()) {
      if (sample.filter().equals(firstPipeline)) {
        EvaluationItem item = sample.outcome().item();
        Object id = item.document().fields().getOrDefault("id", item.docId());
        answers.put(String.valueOf(id), answer(task, item, sample.filtered()));
      }
    }
    return answers;
  }

  private static String answer(TaskScore task, EvaluationItem item, List<Object> filtered) {
    if (filtered.isEmpty()) {
      return "";
    }
    if (task.run().task().outputType() != OutputType.MULTIPLE_CHOICE) {
      return PythonText.str(filtered.get(0));
    }
    int best = 0;
    for (int i = 1; i < filtered.size(); i++) {
      if (sum(filtered.get(i)) > sum(filtered.get(best))) {
        best = i;
      }
    }
    return item.choices().get(best);
  }

  private static double sum(Object filtered) {
    return ((ModelAnswer.Likelihood) filtered).sum();
  }
}

package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.Document;
import io.promptmill.text.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One step of a pipeline. What flows through is a list with one answer for each repeat, until a
 * step such as {@code take_first} leaves a single answer: a text, a {@link
 * io.promptmill.spark.eval.ModelAnswer.Likelihood}, a number, or null.
 */
interface Filter {

  /**
   * @param answers what the step before left
   */
  Object apply(Object answers, Document document);

  /** Values by which this step says that it found no answer. */
  default Set<Object> notFound() {
    return Set.of();
  }

  /** A step that changes each answer by itself. */
  static Filter each(UnaryOperator<Object> change) {
    return (answers, document) -> changeEach(answers, change);
  }

  /** The answers with each changed. */
  static List<Object> changeEach(Object answers, UnaryOperator<Object> change) {
    List<Object> changed = new ArrayList<>();
    for (Object answer : elements(answers)) {
      changed.add(change.apply(answer));
    }
    return changed;
  }

  /** What Python iterates over; a single text is there the list of its characters. */
  static List<?> elements(Object answers) {
    if (answers instanceof List<?> list) {
      return list;
    }
    return PythonText.characters(PythonText.str(answers));
  }
}

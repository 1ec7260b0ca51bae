package io.promptmill.spark.eval;

import java.util.List;

/**
 * One document of one task, ready to be asked.
 *
 * @param task name of the task
 * @param docId index of the document in its split, from 0, counted before --limit and --offset
 * @param document the document as its template saw it
 * @param target what lm-evaluation-harness logs as target: the index of the right choice for
 *     multiple choice, else the reference text
 * @param choices texts of the choices without delimiter, empty where there are none; {@code
 *     acc_norm} divides by their lengths in code points
 * @param call what to ask
 */
public record EvaluationItem(
    String task,
    int docId,
    Document document,
    String target,
    List<String> choices,
    ModelCall call) {
  public EvaluationItem {
    choices = List.copyOf(choices);
  }
}

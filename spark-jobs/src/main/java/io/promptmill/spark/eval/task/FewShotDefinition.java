package io.promptmill.spark.eval.task;

import io.promptmill.spark.eval.Document;
import java.util.List;

/**
 * Where examples come from.
 *
 * @param split of the data set; ignored where samples are given
 * @param excludesEvaluated whether a document is never its own example; lm-evaluation-harness then
 *     draws one example more
 * @param sampler one of {@link #SAMPLERS}
 * @param samples fixed examples of the file itself; empty takes the split
 * @param prompt how an example becomes text; the task's own where the file says nothing else
 */
public record FewShotDefinition(
    String split,
    boolean excludesEvaluated,
    String sampler,
    List<Document> samples,
    PromptDefinition prompt) {

  /** {@code first_n}, and {@code default} that draws as CPython does. */
  public static final List<String> SAMPLERS = List.of("default", "first_n");

  public FewShotDefinition {
    samples = List.copyOf(samples);
  }
}

package io.promptmill.model;

/**
 * What a step gives back; all log-probabilities are natural logarithms in float32.
 *
 * @param argmax {@code [R]} most likely token of each row, the lowest id among equals; says nothing
 *     of rows that were asked for their hidden state alone
 * @param argmaxLogprobs {@code [R]} its log-probability
 * @param targetLogprobs {@code [P]} log-probability of each target
 * @param logits one array of {@code [vocab]} float32 for each of {@link HeadRequest#logitsRows()}
 * @param topIds {@code [R][topN]} most likely tokens, descending; {@code [R][0]} where none were
 *     asked for
 * @param topLogprobs {@code [R][topN]} their log-probabilities
 * @param hidden one array of {@code [hidden]} float32 for each of {@link HeadRequest#hiddenRows()}:
 *     what the last layer gives, after the final norm
 */
public record StepOutput(
    int[] argmax,
    float[] argmaxLogprobs,
    float[] targetLogprobs,
    float[][] logits,
    int[][] topIds,
    float[][] topLogprobs,
    float[][] hidden) {

  /** Without hidden states. */
  public StepOutput(
      int[] argmax,
      float[] argmaxLogprobs,
      float[] targetLogprobs,
      float[][] logits,
      int[][] topIds,
      float[][] topLogprobs) {
    this(argmax, argmaxLogprobs, targetLogprobs, logits, topIds, topLogprobs, new float[0][]);
  }
}

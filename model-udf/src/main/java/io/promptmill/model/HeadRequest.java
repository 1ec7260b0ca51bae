package io.promptmill.model;

/**
 * What a step wants of the language-model head, which runs on the named rows alone.
 *
 * @param rows {@code [R]} rows of the flat batch whose next-token distribution is needed, without
 *     repetition
 * @param targetRows {@code [P]} indices into {@code rows}: whose distribution each target is looked
 *     up in
 * @param targetIds {@code [P]} token ids whose log-probability is wanted
 * @param logitsRows indices into {@code rows} whose whole logits are wanted in Java (sampling,
 *     penalties, constraints)
 * @param topN number of most likely tokens wanted for every row, 0 for none
 * @param hiddenRows indices into {@code rows} whose last hidden states are wanted in Java; a row
 *     that is named here and in neither {@code targetRows} nor {@code logitsRows} is asked for
 *     nothing else: its most likely tokens may be left out
 */
public record HeadRequest(
    int[] rows, int[] targetRows, int[] targetIds, int[] logitsRows, int topN, int[] hiddenRows) {

  /** Without hidden states. */
  public HeadRequest(int[] rows, int[] targetRows, int[] targetIds, int[] logitsRows, int topN) {
    this(rows, targetRows, targetIds, logitsRows, topN, new int[0]);
  }
}

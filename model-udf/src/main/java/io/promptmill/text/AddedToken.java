package io.promptmill.text;

/**
 * A token that is matched in the text before the model sees it; fields as in {@code added_tokens}
 * of {@code tokenizer.json}.
 *
 * @param singleWord matched only where no word character touches it
 * @param leftStrip takes white space before it
 * @param rightStrip takes white space after it
 * @param normalized matched after those that are not
 */
record AddedToken(
    int id,
    String content,
    boolean special,
    boolean singleWord,
    boolean leftStrip,
    boolean rightStrip,
    boolean normalized) {

  AddedToken asSpecial() {
    return new AddedToken(id, content, true, singleWord, leftStrip, rightStrip, normalized);
  }
}

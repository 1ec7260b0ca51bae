package io.promptmill.spark.translation;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.Set;

/** Which writing has blanks between words and sentences. */
final class Scripts {
  private static final Set<UnicodeScript> WITHOUT_BLANKS =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN);

  /** Those whose sentences follow each other without a blank. */
  private static final Set<UnicodeScript> CLOSE_SENTENCES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO);

  private static final Set<UnicodeBlock> FULL_WIDTH =
      Set.of(UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION, UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);

  private Scripts() {}

  /** False for Chinese, Japanese, Thai and their like, their punctuation, and white space. */
  static boolean hasBlanks(int c) {
    return !SpannedText.isSpace(c)
        && !WITHOUT_BLANKS.contains(UnicodeScript.of(c))
        && !FULL_WIDTH.contains(UnicodeBlock.of(c));
  }

  /**
   * Whether words touch names and numbers beside them: where there are no blanks, and in Korean,
   * whose particles do.
   */
  static boolean joinsWords(int c) {
    return !hasBlanks(c) || UnicodeScript.of(c) == UnicodeScript.HANGUL;
  }

  /** Chinese, Japanese and their punctuation. Thai and its like part sentences by blanks. */
  static boolean joinsSentences(int c) {
    return CLOSE_SENTENCES.contains(UnicodeScript.of(c)) || FULL_WIDTH.contains(UnicodeBlock.of(c));
  }
}

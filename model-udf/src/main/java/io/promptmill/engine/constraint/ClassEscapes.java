package io.promptmill.engine.constraint;

import java.util.Map;
import java.util.Optional;

/**
 * The classes {@code \d \w \s} and {@code .}, which dialects of regular expressions define for
 * ASCII or for all of Unicode. Here a text matches only if it does under both readings: {@code \d}
 * is {@code [0-9]}, but {@code \D} leaves out every digit of Unicode.
 */
final class ClassEscapes {

  private record Readings(CodePoints ascii, CodePoints unicode) {}

  private static final Map<Character, Readings> CLASSES =
      Map.of(
          'd',
          new Readings(CodePoints.range('0', '9'), CodePoints.where(Character::isDigit)),
          'w',
          new Readings(
              CodePoints.range('0', '9')
                  .union(CodePoints.range('A', 'Z'))
                  .union(CodePoints.range('a', 'z'))
                  .union(CodePoints.single('_')),
              CodePoints.where(ClassEscapes::isWord)),
          's',
          new Readings(
              CodePoints.range('\t', '\r').union(CodePoints.single(' ')),
              CodePoints.where(ClassEscapes::isSpace)));

  /** All but line terminators. */
  static final CodePoints DOT =
      CodePoints.single('\n')
          .union(CodePoints.single('\r'))
          .union(CodePoints.single(0x85))
          .union(CodePoints.range(0x2028, 0x2029))
          .complement();

  private ClassEscapes() {}

  /**
   * The set of {@code \d}, {@code \D} and so on, empty for another letter.
   *
   * @param complemented whether it stands in a class that begins with {@code ^}
   */
  static Optional<CodePoints> named(char letter, boolean complemented) {
    Readings readings = CLASSES.get(Character.toLowerCase(letter));
    if (readings == null) {
      return Optional.empty();
    }
    boolean upper = Character.isUpperCase(letter);
    CodePoints base = upper == complemented ? readings.ascii : readings.unicode;
    return Optional.of(upper ? base.complement() : base);
  }

  private static boolean isWord(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || Character.isAlphabetic(codePoint)
        || codePoint == 0x200c
        || codePoint == 0x200d
        || switch (Character.getType(codePoint)) {
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.CONNECTOR_PUNCTUATION,
              Character.LETTER_NUMBER,
              Character.OTHER_NUMBER ->
              true;
          default -> false;
        };
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == 0x85
        || codePoint == 0xfeff;
  }
}

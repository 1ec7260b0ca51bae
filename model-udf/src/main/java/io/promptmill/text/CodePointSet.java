package io.promptmill.text;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * An immutable set of Unicode code points with membership by one bit test. Sets by general category
 * or script follow the Unicode version of the running JDK.
 */
final class CodePointSet {

  private static final int LIMIT = Character.MAX_CODE_POINT + 1;

  /** Unicode White_Space, which is what {@code \s} means in the patterns of tokenizer files. */
  static final CodePointSet WHITE_SPACE =
      where(
          codePoint ->
              (codePoint >= 0x09 && codePoint <= 0x0d)
                  || codePoint == 0x85
                  || Character.isSpaceChar(codePoint));

  /** Categories Nd, Nl and No. */
  static final CodePointSet NUMERIC =
      where(
          codePoint ->
              switch (Character.getType(codePoint)) {
                case Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER ->
                    true;
                default -> false;
              });

  private final long[] words;

  private CodePointSet(BitSet bits) {
    words = bits.toLongArray();
  }

  static CodePointSet where(IntPredicate member) {
    BitSet bits = new BitSet(LIMIT);
    for (int codePoint = 0; codePoint < LIMIT; codePoint++) {
      if (member.test(codePoint)) {
        bits.set(codePoint);
      }
    }
    return new CodePointSet(bits);
  }

  /** Code points from {@code first} to {@code last}, both included. */
  static CodePointSet range(int first, int last) {
    BitSet bits = new BitSet();
    bits.set(first, last + 1);
    return new CodePointSet(bits);
  }

  static CodePointSet empty() {
    return new CodePointSet(new BitSet());
  }

  CodePointSet union(CodePointSet other) {
    BitSet bits = BitSet.valueOf(words);
    bits.or(BitSet.valueOf(other.words));
    return new CodePointSet(bits);
  }

  CodePointSet complement() {
    BitSet bits = BitSet.valueOf(words);
    bits.flip(0, LIMIT);
    return new CodePointSet(bits);
  }

  boolean contains(int codePoint) {
    int word = codePoint >> 6;
    return word < words.length && (words[word] >>> codePoint & 1) != 0;
  }
}

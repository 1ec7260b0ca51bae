package io.promptmill.engine.constraint;

import java.util.Arrays;
import java.util.BitSet;

/** Tokens that may come, as bits or, where there are few, as their ids. Immutable. */
public final class TokenMask {
  private final boolean asBits;
  private final long[] words;
  private final int[] ids;
  private final int hash;

  TokenMask(BitSet tokens) {
    int count = tokens.cardinality();
    asBits = count > tokens.length() / 32;
    words = asBits ? tokens.toLongArray() : new long[0];
    ids = asBits ? new int[0] : tokens.stream().toArray();
    hash = 31 * Arrays.hashCode(words) + Arrays.hashCode(ids);
  }

  public boolean isEmpty() {
    return !asBits && ids.length == 0;
  }

  public boolean contains(int token) {
    if (asBits) {
      return token >> 6 < words.length && (words[token >> 6] >>> token & 1) != 0;
    }
    return Arrays.binarySearch(ids, token) >= 0;
  }

  /** Copies the values of these tokens and leaves the others as they are. */
  public void copy(float[] from, float[] to) {
    for (int word = 0; word < words.length; word++) {
      for (long left = words[word]; left != 0; left &= left - 1) {
        int token = (word << 6) + Long.numberOfTrailingZeros(left);
        to[token] = from[token];
      }
    }
    for (int token : ids) {
      to[token] = from[token];
    }
  }

  int memoryBytes() {
    return 64 + words.length * Long.BYTES + ids.length * Integer.BYTES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenMask mask
        && hash == mask.hash
        && Arrays.equals(words, mask.words)
        && Arrays.equals(ids, mask.ids);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}

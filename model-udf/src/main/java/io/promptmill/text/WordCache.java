package io.promptmill.text;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Token ids of words seen lately. One slot per hash, a newer word replaces the older one: bounded,
 * and free of locks because an entry is immutable.
 */
final class WordCache {

  private record Entry(String word, int[] ids) {}

  private static final int SLOTS = 1 << 16;

  /** Longer words, in chars, are not kept; they hardly come twice. */
  static final int LONGEST_WORD = 48;

  private final AtomicReferenceArray<Entry> slots = new AtomicReferenceArray<>(SLOTS);

  /** Ids of {@code text[start, end)}, not to be changed, or null if they are not here. */
  int[] get(String text, int start, int end) {
    Entry entry = slots.get(slot(text, start, end));
    boolean found =
        entry != null && entry.word.length() == end - start && text.startsWith(entry.word, start);
    return found ? entry.ids : null;
  }

  void put(String text, int start, int end, int[] ids) {
    slots.set(slot(text, start, end), new Entry(text.substring(start, end), ids));
  }

  private static int slot(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    hash *= 0x9E3779B9;
    return hash >>> 16;
  }
}

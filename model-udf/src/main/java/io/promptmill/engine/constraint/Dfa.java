package io.promptmill.engine.constraint;

/**
 * A deterministic automaton over bytes. From every state some text leads to an accepting one; an
 * automaton that accepts nothing has no states. Immutable.
 */
final class Dfa {
  static final int START = 0;

  /** Where a byte leads that may not come. */
  static final int DEAD = -1;

  private final int[] classes;
  private final int classCount;
  private final int[] table;
  private final int[] distances;

  /**
   * @param classes {@code [256]} class of each byte
   * @param table {@code [states * classCount]} next state or {@link #DEAD}
   * @param distances bytes of the shortest text from each state to an accepting one
   */
  Dfa(int[] classes, int classCount, int[] table, int[] distances) {
    this.classes = classes;
    this.classCount = classCount;
    this.table = table;
    this.distances = distances;
  }

  int size() {
    return distances.length;
  }

  /** Bytes of one class lead to the same state from every state. */
  int byteClass(int unsignedByte) {
    return classes[unsignedByte];
  }

  int next(int state, int unsignedByte) {
    return table[state * classCount + classes[unsignedByte]];
  }

  /** The state after some bytes, or {@link #DEAD}. */
  int next(int state, byte[] bytes) {
    int current = state;
    for (int i = 0; i < bytes.length && current != DEAD; i++) {
      current = next(current, bytes[i] & 0xff);
    }
    return current;
  }

  boolean accepting(int state) {
    return distances[state] == 0;
  }

  /** Bytes of the shortest text that leads to an accepting state. */
  int distance(int state) {
    return distances[state];
  }

  /** Whether any byte may come; if not, the text is complete. */
  boolean goesOn(int state) {
    for (int i = state * classCount; i < (state + 1) * classCount; i++) {
      if (table[i] != DEAD) {
        return true;
      }
    }
    return false;
  }
}

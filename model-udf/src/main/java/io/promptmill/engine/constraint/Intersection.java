package io.promptmill.engine.constraint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What two automata both accept. */
final class Intersection {
  private record Pair(int left, int right) {}

  private final Dfa left;
  private final Dfa right;
  private final Map<Pair, Integer> states = new HashMap<>();
  private final List<Pair> pairs = new ArrayList<>();
  // Bytes that neither automaton tells apart are one class; the first byte of each.
  private final int[] firstBytes = new int[256];
  private final int classCount;
  private final DfaTable table;

  private Intersection(Dfa left, Dfa right, CompileBudget budget) {
    this.left = left;
    this.right = right;
    int[] classes = new int[256];
    for (int b = 1; b < 256; b++) {
      boolean alike =
          left.byteClass(b) == left.byteClass(b - 1)
              && right.byteClass(b) == right.byteClass(b - 1);
      classes[b] = classes[b - 1] + (alike ? 0 : 1);
      firstBytes[classes[b]] = alike ? firstBytes[classes[b]] : b;
    }
    classCount = classes[255] + 1;
    table = new DfaTable(classes, classCount, budget);
  }

  static Dfa of(Dfa left, Dfa right, CompileBudget budget) {
    return new Intersection(left, right, budget).run();
  }

  private Dfa run() {
    if (left.size() > 0 && right.size() > 0) {
      stateOf(new Pair(Dfa.START, Dfa.START));
    }
    for (int state = 0; state < pairs.size(); state++) {
      Pair pair = pairs.get(state);
      for (int c = 0; c < classCount; c++) {
        int nextLeft = left.next(pair.left, firstBytes[c]);
        int nextRight = right.next(pair.right, firstBytes[c]);
        if (nextLeft != Dfa.DEAD && nextRight != Dfa.DEAD) {
          table.lead(state, c, stateOf(new Pair(nextLeft, nextRight)));
        }
      }
    }
    return table.trimmed();
  }

  private int stateOf(Pair pair) {
    Integer known = states.get(pair);
    if (known != null) {
      return known;
    }
    int state = table.add(left.accepting(pair.left) && right.accepting(pair.right));
    states.put(pair, state);
    pairs.add(pair);
    return state;
  }
}

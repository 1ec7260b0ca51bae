package io.promptmill.engine.constraint;

import java.util.Arrays;
import java.util.BitSet;

/** Transitions of a deterministic automaton while it is built, state by state. */
final class DfaTable {
  private static final int MAX_CELLS = 4_000_000;

  /** A state costs memory in more places than its row here, as those who build it look it up. */
  private static final int STATE_STEPS = 16;

  private static final int UNREACHABLE = Integer.MAX_VALUE;

  private final int[] classes;
  private final int classCount;
  private final CompileBudget budget;
  private final BitSet accepting = new BitSet();
  private int[] table;
  private int states;

  DfaTable(int[] classes, int classCount, CompileBudget budget) {
    this.classes = classes;
    this.classCount = classCount;
    this.budget = budget;
    table = new int[64 * classCount];
  }

  /**
   * Adds a state that leads nowhere yet.
   *
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} if the table grows
   *     too large, or the budget is spent
   */
  int add(boolean accepts) {
    budget.spend(STATE_STEPS + classCount);
    int needed = (states + 1) * classCount;
    if (needed > MAX_CELLS) {
      throw ConstraintErrors.invalid(
          "the constraint is too large: its automaton has more than %d states over %d classes of"
                  .formatted(states, classCount)
              + " bytes");
    }
    if (needed > table.length) {
      table = Arrays.copyOf(table, Math.min(MAX_CELLS, needed * 2));
    }
    Arrays.fill(table, states * classCount, needed, Dfa.DEAD);
    accepting.set(states, accepts);
    return states++;
  }

  void lead(int state, int byteClass, int target) {
    table[state * classCount + byteClass] = target;
  }

  /** Leaves out states from which nothing is accepted. State 0 stays the first. */
  Dfa trimmed() {
    int[] distances = distances();
    int[] renamed = new int[states];
    int kept = 0;
    for (int state = 0; state < states; state++) {
      renamed[state] = distances[state] == UNREACHABLE ? Dfa.DEAD : kept++;
    }
    if (states == 0 || renamed[0] == Dfa.DEAD) {
      return new Dfa(classes, classCount, new int[0], new int[0]);
    }
    int[] transitions = new int[kept * classCount];
    int[] keptDistances = new int[kept];
    for (int state = 0; state < states; state++) {
      if (renamed[state] != Dfa.DEAD) {
        keptDistances[renamed[state]] = distances[state];
        for (int c = 0; c < classCount; c++) {
          int target = table[state * classCount + c];
          transitions[renamed[state] * classCount + c] =
              target == Dfa.DEAD ? Dfa.DEAD : renamed[target];
        }
      }
    }
    return new Dfa(classes, classCount, transitions, keptDistances);
  }

  /** Breadth-first from the accepting states, against the direction of the transitions. */
  private int[] distances() {
    int[] firstSource = new int[states + 1];
    for (int i = 0; i < states * classCount; i++) {
      if (table[i] != Dfa.DEAD) {
        firstSource[table[i] + 1]++;
      }
    }
    for (int state = 0; state < states; state++) {
      firstSource[state + 1] += firstSource[state];
    }
    int[] filled = firstSource.clone();
    int[] sources = new int[firstSource[states]];
    for (int i = 0; i < states * classCount; i++) {
      if (table[i] != Dfa.DEAD) {
        sources[filled[table[i]]++] = i / classCount;
      }
    }
    int[] distances = new int[states];
    Arrays.fill(distances, UNREACHABLE);
    int[] queue = new int[states];
    int tail = 0;
    for (int state = accepting.nextSetBit(0); state >= 0; state = accepting.nextSetBit(state + 1)) {
      distances[state] = 0;
      queue[tail++] = state;
    }
    for (int head = 0; head < tail; head++) {
      int target = queue[head];
      for (int i = firstSource[target]; i < firstSource[target + 1]; i++) {
        if (distances[sources[i]] == UNREACHABLE) {
          distances[sources[i]] = distances[target] + 1;
          queue[tail++] = sources[i];
        }
      }
    }
    return distances;
  }
}

package io.promptmill.engine.constraint;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a nondeterministic automaton deterministic. */
final class SubsetConstruction {
  private final Nfa nfa;
  private final CompileBudget budget;
  private final int[] classes = new int[256];
  private final int classCount;
  private final DfaTable table;
  private final List<int[]> subsets = new ArrayList<>();
  private final Map<IntBuffer, Integer> stateOfSubset = new HashMap<>();
  private final Map<IntBuffer, Integer> stateOfTargets = new HashMap<>();
  private final int[] stack;
  private final int[] visited;
  private int visit;

  private SubsetConstruction(Nfa nfa, CompileBudget budget) {
    this.nfa = nfa;
    this.budget = budget;
    budget.spend(nfa.size() + nfa.moveCount());
    BitSet starts = new BitSet(257);
    for (int state = 0; state < nfa.size(); state++) {
      nfa.forEachMove(
          state,
          (first, last, target) -> {
            starts.set(first);
            starts.set(last + 1);
          });
    }
    int current = 0;
    for (int b = 0; b < 256; b++) {
      current += b > 0 && starts.get(b) ? 1 : 0;
      classes[b] = current;
    }
    classCount = current + 1;
    table = new DfaTable(classes, classCount, budget);
    stack = new int[nfa.size() + nfa.epsilonCount()];
    visited = new int[nfa.size()];
  }

  static Dfa of(Nfa nfa, CompileBudget budget) {
    return new SubsetConstruction(nfa, budget).run();
  }

  private Dfa run() {
    stateOf(new int[] {0});
    int[][] targets = new int[classCount][4];
    int[] counts = new int[classCount];
    for (int state = 0; state < subsets.size(); state++) {
      Arrays.fill(counts, 0);
      for (int member : subsets.get(state)) {
        nfa.forEachMove(
            member,
            (first, last, target) -> {
              for (int c = classes[first]; c <= classes[last]; c++) {
                if (counts[c] == targets[c].length) {
                  targets[c] = Arrays.copyOf(targets[c], counts[c] * 2);
                }
                targets[c][counts[c]++] = target;
              }
            });
      }
      for (int c = 0; c < classCount; c++) {
        if (counts[c] > 0) {
          budget.spend(counts[c]);
          table.lead(state, c, stateOf(Arrays.copyOf(targets[c], counts[c])));
        }
      }
    }
    return table.trimmed();
  }

  /** The state for all that is reached from some states without a byte. */
  private int stateOf(int[] reached) {
    Arrays.sort(reached);
    Integer known = stateOfTargets.get(IntBuffer.wrap(reached));
    if (known != null) {
      return known;
    }
    int[] subset = closure(reached);
    Integer state = stateOfSubset.get(IntBuffer.wrap(subset));
    if (state == null) {
      state = table.add(Arrays.binarySearch(subset, nfa.end()) >= 0);
      stateOfSubset.put(IntBuffer.wrap(subset), state);
      subsets.add(subset);
    }
    stateOfTargets.put(IntBuffer.wrap(reached), state);
    return state;
  }

  /** States that matter for what comes next: those with moves, and the end. Ascending. */
  private int[] closure(int[] reached) {
    visit++;
    int[] members = new int[reached.length];
    int count = 0;
    for (int origin : reached) {
      int height = 0;
      stack[height++] = origin;
      while (height > 0) {
        int state = stack[--height];
        if (visited[state] != visit) {
          visited[state] = visit;
          budget.spend(1);
          if (nfa.hasMoves(state) || state == nfa.end()) {
            if (count == members.length) {
              members = Arrays.copyOf(members, count * 2);
            }
            members[count++] = state;
          }
          height = nfa.pushEpsilons(state, stack, height);
        }
      }
    }
    int[] subset = Arrays.copyOf(members, count);
    Arrays.sort(subset);
    return subset;
  }
}

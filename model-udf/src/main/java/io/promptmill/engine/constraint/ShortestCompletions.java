package io.promptmill.engine.constraint;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many tokens are enough to complete the text from each state of an automaton: those of one
 * text that is shortest in bytes, cut into as few tokens as possible. From a state that needs n
 * tokens some token always leads to one that needs n - 1 at most.
 */
final class ShortestCompletions {
  private final Dfa dfa;
  private final Vocabulary vocabulary;
  private final int[] tokens;

  private ShortestCompletions(Dfa dfa, Vocabulary vocabulary) {
    this.dfa = dfa;
    this.vocabulary = vocabulary;
    tokens = new int[dfa.size()];
  }

  /** Tokens for each state, 0 for those that accept. */
  static int[] of(Dfa dfa, Vocabulary vocabulary) {
    ShortestCompletions completions = new ShortestCompletions(dfa, vocabulary);
    int[] nearestFirst =
        IntStream.range(0, dfa.size())
            .boxed()
            .sorted((a, b) -> Integer.compare(dfa.distance(a), dfa.distance(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] steps = new int[dfa.size()];
    Arrays.setAll(steps, completions::step);
    for (int state : nearestFirst) {
      completions.tokens[state] = completions.tokens(state, steps);
    }
    return completions.tokens;
  }

  /** The lowest byte that brings a state nearer to acceptance; any for one that accepts. */
  private int step(int state) {
    for (int b = 0; b < 256; b++) {
      int next = dfa.next(state, b);
      if (next != Dfa.DEAD && dfa.distance(next) < dfa.distance(state)) {
        return b;
      }
    }
    return 0;
  }

  private int tokens(int start, int[] steps) {
    if (dfa.accepting(start)) {
      return 0;
    }
    int fewest = Integer.MAX_VALUE;
    int node = Vocabulary.NO_NODE;
    int state = start;
    do {
      node = vocabulary.child(node, steps[state]);
      state = dfa.next(state, steps[state]);
      if (node != Vocabulary.NO_NODE && vocabulary.endsToken(node)) {
        fewest = Math.min(fewest, 1 + tokens[state]);
      }
    } while (node != Vocabulary.NO_NODE && !dfa.accepting(state));
    return fewest;
  }
}

package io.promptmill.engine.constraint;

import java.util.Arrays;

/** A nondeterministic automaton over bytes while it is built. Begins in state 0. */
final class Nfa {
  private static final int MAX_STATES = 200_000;
  private static final int MAX_LINKS = 2_000_000;

  /** Links of an adjacency list; index 0 ends a list. */
  private static final class Links {
    private int[] first = new int[64];
    private int[] following = new int[64];
    private int[] target = new int[64];
    private int[] range = new int[64];
    private int count = 1;

    void add(int from, int to, int bytes) {
      if (count > MAX_LINKS) {
        throw ConstraintErrors.invalid(
            "the constraint is too large: it needs more than %d transitions".formatted(MAX_LINKS));
      }
      if (count == target.length) {
        following = Arrays.copyOf(following, count * 2);
        target = Arrays.copyOf(target, count * 2);
        range = Arrays.copyOf(range, count * 2);
      }
      following[count] = first[from];
      target[count] = to;
      range[count] = bytes;
      first[from] = count++;
    }

    void ensure(int states) {
      if (states > first.length) {
        first = Arrays.copyOf(first, states * 2);
      }
    }
  }

  private final Links moves = new Links();
  private final Links epsilons = new Links();
  private int states;
  private int end;

  /**
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} if there are too
   *     many
   */
  int newState() {
    if (states == MAX_STATES) {
      throw ConstraintErrors.invalid(
          "the constraint is too large: it needs more than %d states".formatted(MAX_STATES));
    }
    states++;
    moves.ensure(states);
    epsilons.ensure(states);
    return states - 1;
  }

  void move(int from, int firstByte, int lastByte, int to) {
    moves.add(from, to, firstByte << 8 | lastByte);
  }

  void epsilon(int from, int to) {
    if (from != to) {
      epsilons.add(from, to, 0);
    }
  }

  void end(int state) {
    end = state;
  }

  int end() {
    return end;
  }

  int size() {
    return states;
  }

  boolean hasMoves(int state) {
    return moves.first[state] != 0;
  }

  /** Takes a range of bytes and where it leads. */
  @FunctionalInterface
  interface MoveConsumer {
    void accept(int firstByte, int lastByte, int target);
  }

  void forEachMove(int state, MoveConsumer consumer) {
    for (int link = moves.first[state]; link != 0; link = moves.following[link]) {
      consumer.accept(moves.range[link] >>> 8, moves.range[link] & 0xff, moves.target[link]);
    }
  }

  /** Adds what is reached without a byte to a stack of states; gives its new height. */
  int pushEpsilons(int state, int[] stack, int height) {
    int top = height;
    for (int link = epsilons.first[state]; link != 0; link = epsilons.following[link]) {
      stack[top++] = epsilons.target[link];
    }
    return top;
  }

  int moveCount() {
    return moves.count;
  }

  int epsilonCount() {
    return epsilons.count;
  }
}

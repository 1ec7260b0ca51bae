package io.promptmill.engine.constraint;

import java.nio.charset.StandardCharsets;

/** Thompson's construction, over the UTF-8 bytes of characters. */
final class NfaBuilder {
  private final Nfa nfa = new Nfa();
  private final CompileBudget budget;

  private NfaBuilder(CompileBudget budget) {
    this.budget = budget;
  }

  /** Where two expressions are to match at once, both are made deterministic on the way. */
  static Dfa compile(Expression expression, CompileBudget budget) {
    return SubsetConstruction.of(build(expression, budget), budget);
  }

  private static Nfa build(Expression expression, CompileBudget budget) {
    NfaBuilder builder = new NfaBuilder(budget);
    int start = builder.nfa.newState();
    builder.nfa.end(builder.add(expression, start));
    return builder.nfa;
  }

  /** Adds what matches from a state on; gives the state after it. */
  private int add(Expression expression, int from) {
    if (expression instanceof Expression.Literal literal) {
      return literal(literal.text(), from);
    } else if (expression instanceof Expression.OneOf oneOf) {
      return Utf8Fragment.add(nfa, oneOf.set(), from);
    } else if (expression instanceof Expression.Sequence sequence) {
      int state = from;
      for (Expression part : sequence.parts()) {
        state = add(part, state);
      }
      return state;
    } else if (expression instanceof Expression.Alternatives alternatives) {
      int end = nfa.newState();
      for (Expression option : alternatives.options()) {
        nfa.epsilon(add(option, from), end);
      }
      return end;
    } else if (expression instanceof Expression.Repeat repeat) {
      return repeat(repeat, from);
    } else if (expression instanceof Expression.Both both) {
      Dfa left = compile(both.left(), budget);
      Dfa right = compile(both.right(), budget);
      return embed(Intersection.of(left, right, budget), from);
    }
    return members((Expression.Members) expression, from);
  }

  private int literal(String text, int from) {
    int state = from;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int next = nfa.newState();
      nfa.move(state, b & 0xff, b & 0xff, next);
      state = next;
    }
    return state;
  }

  private int repeat(Expression.Repeat repeat, int from) {
    boolean unbounded = repeat.max() == Expression.UNBOUNDED;
    int state = from;
    for (int i = 0; i < repeat.min() - (unbounded ? 1 : 0); i++) {
      state = add(repeat.part(), state);
    }
    if (unbounded) {
      int entry = nfa.newState();
      nfa.epsilon(state, entry);
      int last = add(repeat.part(), entry);
      nfa.epsilon(last, entry);
      return repeat.min() == 0 ? entry : last;
    }
    int end = nfa.newState();
    for (int i = repeat.min(); i < repeat.max(); i++) {
      nfa.epsilon(state, end);
      state = add(repeat.part(), state);
    }
    nfa.epsilon(state, end);
    return end;
  }

  /**
   * Two tracks: nothing is written yet, and something is, so that a comma comes before the next.
   */
  private int members(Expression.Members members, int from) {
    int none = from;
    int some = nfa.newState();
    for (Expression.Members.Member member : members.members()) {
      int entry = nfa.newState();
      nfa.epsilon(none, entry);
      int comma = nfa.newState();
      nfa.move(some, ',', ',', comma);
      nfa.epsilon(add(Expression.OPTIONAL_BLANK, comma), entry);
      int nextNone = nfa.newState();
      int nextSome = nfa.newState();
      nfa.epsilon(add(member.text(), entry), nextSome);
      if (member.optional()) {
        nfa.epsilon(none, nextNone);
        nfa.epsilon(some, nextSome);
      }
      none = nextNone;
      some = nextSome;
    }
    int end = nfa.newState();
    nfa.epsilon(none, end);
    nfa.epsilon(some, end);
    return end;
  }

  private int embed(Dfa dfa, int from) {
    int end = nfa.newState();
    int[] states = new int[dfa.size()];
    for (int state = 0; state < states.length; state++) {
      states[state] = nfa.newState();
    }
    for (int state = 0; state < states.length; state++) {
      if (dfa.accepting(state)) {
        nfa.epsilon(states[state], end);
      }
      for (int b = 0; b < 256; b++) {
        int target = dfa.next(state, b);
        int first = b;
        while (b < 255 && dfa.next(state, b + 1) == target) {
          b++;
        }
        if (target != Dfa.DEAD) {
          nfa.move(states[state], first, b, states[target]);
        }
      }
    }
    if (states.length > 0) {
      nfa.epsilon(from, states[Dfa.START]);
    }
    return end;
  }
}

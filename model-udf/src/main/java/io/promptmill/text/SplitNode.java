package io.promptmill.text;

import java.util.List;

/** Syntax tree of a {@link SplitPattern}. */
sealed interface SplitNode {

  /** Greedy, or possessive, run of {@code min} to {@code max} code points of a set. */
  record Run(CodePointSet set, int min, int max, boolean possessive) implements SplitNode {
    static final int UNBOUNDED = Integer.MAX_VALUE;
  }

  /** Ordered alternatives, each a sequence; an optional group may also match nothing. */
  record Group(List<List<SplitNode>> alternatives, boolean optional) implements SplitNode {}

  /** What follows matches, or does not match, one of the alternatives. */
  record LookAhead(List<List<SplitNode>> alternatives, boolean negative) implements SplitNode {}

  /** Before a line feed or at the end of the text, as in Oniguruma's Ruby syntax. */
  record EndOfLine() implements SplitNode {}
}

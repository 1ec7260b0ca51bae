package io.promptmill.engine.constraint;

/** One completion on its way through a constraint. One thread. */
public final class ConstrainedText {
  private final TokenConstraint constraint;
  private int state = Dfa.START;
  private int tokensLeft;

  ConstrainedText(TokenConstraint constraint, int maxTokens) {
    this.constraint = constraint;
    tokensLeft = maxTokens;
  }

  /**
   * Tokens that may come next so that the text can be completed within its length; none where it
   * has to end.
   */
  public TokenMask allowed() {
    return constraint.allowed(state, tokensLeft - 1);
  }

  /** Whether the text may end here. */
  public boolean complete() {
    return constraint.dfa().accepting(state);
  }

  /**
   * Takes the next token; false if tokens are left but none of them may follow it.
   *
   * @throws IllegalStateException if the token may not come
   */
  public boolean accept(int token) {
    byte[] bytes = constraint.bytes(token);
    int next = bytes == null ? Dfa.DEAD : constraint.dfa().next(state, bytes);
    if (next == Dfa.DEAD) {
      throw new IllegalStateException("token " + token + " does not fit the constraint");
    }
    state = next;
    tokensLeft--;
    return constraint.dfa().goesOn(state) && !(tokensLeft > 0 && complete() && allowed().isEmpty());
  }
}

package io.promptmill.engine.constraint;

/**
 * What the compilation of one constraint may cost, in states and transitions looked at or kept. A
 * short expression can ask for minutes and gigabytes; it is to be refused before it has them.
 */
final class CompileBudget {
  private static final long STEPS = 20_000_000; // about a second and 200 MiB

  private long left = STEPS;

  /**
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} if that is more
   *     than is left
   */
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw ConstraintErrors.invalid(
          "the constraint is too large: its automaton takes more than %d steps to build"
              .formatted(STEPS));
    }
  }
}

package io.promptmill.engine.constraint;

import java.util.Arrays;
import java.util.List;

/** A regular expression over Unicode text; what every kind of constraint is turned into. */
sealed interface Expression {

  /** No upper limit of a {@link Repeat}. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /** Any text at all. */
  Expression ANYTHING = new Repeat(new OneOf(CodePoints.ALL), 0, UNBOUNDED);

  /** A blank or none. */
  Expression OPTIONAL_BLANK = new Repeat(new Literal(" "), 0, 1);

  record Literal(String text) implements Expression {}

  /** One character of a set. */
  record OneOf(CodePoints set) implements Expression {}

  /** One after the other; the empty text where there are no parts. */
  record Sequence(List<Expression> parts) implements Expression {}

  /** One of them; no text at all where there are none. */
  record Alternatives(List<Expression> options) implements Expression {}

  record Repeat(Expression part, int min, int max) implements Expression {}

  /** What both of them match. */
  record Both(Expression left, Expression right) implements Expression {}

  /**
   * Members in their order with commas between them, each with a blank after it or none; optional
   * ones may be left out.
   */
  record Members(List<Member> members) implements Expression {
    record Member(Expression text, boolean optional) {}
  }

  static Expression sequence(Expression... parts) {
    return new Sequence(Arrays.asList(parts));
  }

  static Expression optional(Expression part) {
    return new Repeat(part, 0, 1);
  }
}

package io.promptmill.engine.constraint;

import java.io.Serializable;
import java.util.List;

/** The form that outputs must have, as the user gives it. */
public sealed interface OutputConstraint extends Serializable {

  /** Any text. */
  record None() implements OutputConstraint {}

  /**
   * One of these texts.
   *
   * @param texts at least one, none of them empty
   */
  record Choice(List<String> texts) implements OutputConstraint {
    public Choice {
      texts = List.copyOf(texts);
    }
  }

  /**
   * A text that the whole expression matches.
   *
   * @param pattern in the syntax of {@link RegexParser}
   */
  record Regex(String pattern) implements OutputConstraint {}

  /**
   * JSON that is valid against a schema, without white space but for a blank before it and after
   * colons and commas where the model writes one, and with properties in the schema's order.
   *
   * @param schema JSON text in the subset of {@link JsonSchemaParser}
   */
  record JsonSchema(String schema) implements OutputConstraint {}

  /** No constraint. */
  OutputConstraint NONE = new None();
}

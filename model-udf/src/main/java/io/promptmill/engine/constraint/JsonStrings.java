package io.promptmill.engine.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON strings whose value a schema describes. Each character is written in one way only. */
final class JsonStrings {
  private static final Map<Integer, String> SHORT_ESCAPES =
      Map.of(
          (int) '"',
          "\\\"",
          (int) '\\',
          "\\\\",
          (int) '\b',
          "\\b",
          (int) '\f',
          "\\f",
          (int) '\n',
          "\\n",
          (int) '\r',
          "\\r",
          (int) '\t',
          "\\t");

  private static final CodePoints CONTROLS = CodePoints.range(0, 0x1f);
  private static final CodePoints BARE =
      CONTROLS.union(CodePoints.single('"')).union(CodePoints.single('\\')).complement();

  /** All characters but the control characters that texts do not have. */
  private static final CodePoints TEXT =
      CONTROLS.complement().union(CodePoints.range('\t', '\n')).union(CodePoints.single('\r'));

  private static final Expression QUOTE = new Expression.Literal("\"");

  private JsonStrings() {}

  static Expression of(SchemaObject schema) {
    int[] counts = schema.counts("minLength", "maxLength");
    if (!schema.has("pattern")) {
      return quoted(new Expression.Repeat(new Expression.OneOf(TEXT), counts[0], counts[1]));
    }
    if (!schema.get("pattern").isTextual()) {
      throw schema.refuse("pattern", "expected a text, found " + schema.get("pattern"));
    }
    String regex = schema.get("pattern").textValue();
    Expression pattern = new RegexParser(regex, schema.place("pattern")).search();
    Expression length =
        new Expression.Repeat(new Expression.OneOf(CodePoints.ALL), counts[0], counts[1]);
    boolean anyLength = counts[0] == 0 && counts[1] == Expression.UNBOUNDED;
    return quoted(anyLength ? pattern : new Expression.Both(pattern, length));
  }

  private static Expression quoted(Expression value) {
    return Expression.sequence(QUOTE, escaped(value), QUOTE);
  }

  private static Expression escaped(Expression value) {
    if (value instanceof Expression.OneOf oneOf) {
      return escaped(oneOf.set());
    } else if (value instanceof Expression.Sequence sequence) {
      return new Expression.Sequence(escaped(sequence.parts()));
    } else if (value instanceof Expression.Alternatives alternatives) {
      return new Expression.Alternatives(escaped(alternatives.options()));
    } else if (value instanceof Expression.Repeat repeat) {
      return new Expression.Repeat(escaped(repeat.part()), repeat.min(), repeat.max());
    } else if (value instanceof Expression.Both both) {
      return new Expression.Both(escaped(both.left()), escaped(both.right()));
    }
    throw new IllegalArgumentException("no expression of characters: " + value);
  }

  private static List<Expression> escaped(List<Expression> values) {
    return values.stream().map(JsonStrings::escaped).toList();
  }

  private static Expression escaped(CodePoints set) {
    List<Expression> forms = new ArrayList<>();
    CodePoints bare = set.minus(BARE.complement());
    if (!bare.isEmpty()) {
      forms.add(new Expression.OneOf(bare));
    }
    for (CodePoints.Range range : set.minus(BARE).ranges()) {
      for (int c = range.first(); c <= range.last(); c++) {
        forms.add(new Expression.Literal(SHORT_ESCAPES.getOrDefault(c, "\\u%04x".formatted(c))));
      }
    }
    return new Expression.Alternatives(forms);
  }
}

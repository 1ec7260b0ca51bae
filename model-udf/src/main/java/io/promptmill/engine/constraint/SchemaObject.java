package io.promptmill.engine.constraint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.error.PromptmillException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One schema in a schema.
 *
 * @param node a JSON object
 * @param at where it stands
 */
record SchemaObject(JsonNode node, JsonPointer at) {

  /** Keywords that say nothing about what is valid. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "$schema",
          "$comment",
          "$defs",
          "definitions",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly");

  private static final int MAX_COUNT = 10_000;

  boolean has(String keyword) {
    return node.has(keyword);
  }

  JsonNode get(String keyword) {
    return node.get(keyword);
  }

  /**
   * A schema below this one.
   *
   * @throws PromptmillException if it is not an object
   */
  SchemaObject below(String keyword, Optional<String> member) {
    JsonPointer place = at.appendProperty(keyword);
    JsonNode child = node.get(keyword);
    if (member.isPresent()) {
      place = place.appendProperty(member.get());
      child = child.isArray() ? child.get(Integer.parseInt(member.get())) : child.get(member.get());
    }
    return of(child, place);
  }

  /**
   * @throws PromptmillException if the node is not an object
   */
  static SchemaObject of(JsonNode node, JsonPointer at) {
    if (!node.isObject()) {
      throw ConstraintErrors.invalid(
          "JSON schema: %s: expected a schema object, found %s".formatted(name(at), node));
    }
    return new SchemaObject(node, at);
  }

  /**
   * Fails if there is another keyword than these and annotations.
   *
   * @param context such as {@code with type string}
   */
  void requireOnly(Collection<String> keywords, String context) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String keyword = names.next();
      if (!keywords.contains(keyword) && !ANNOTATIONS.contains(keyword)) {
        throw refuse(
            keyword,
            "is not supported %s; supported there: %s"
                .formatted(context, String.join(", ", new TreeSet<>(keywords))));
      }
    }
  }

  /** A number of characters or items. */
  Optional<Integer> count(String keyword) {
    Optional<BigDecimal> given = decimal(keyword);
    given.ifPresent(
        value -> {
          boolean whole = value.stripTrailingZeros().scale() <= 0;
          if (!whole || value.signum() < 0 || value.compareTo(BigDecimal.valueOf(MAX_COUNT)) > 0) {
            throw refuse(
                keyword, "expected a whole number up to %d, found %s".formatted(MAX_COUNT, value));
          }
        });
    return given.map(BigDecimal::intValue);
  }

  /**
   * The two counts.
   *
   * @return smallest and largest, {@link Expression#UNBOUNDED} for none
   */
  int[] counts(String least, String most) {
    int min = count(least).orElse(0);
    int max = count(most).orElse(Expression.UNBOUNDED);
    if (max < min) {
      throw refuse(most, "expected at least %s (%d), found %d".formatted(least, min, max));
    }
    return new int[] {min, max};
  }

  Optional<BigDecimal> decimal(String keyword) {
    if (!has(keyword)) {
      return Optional.empty();
    }
    if (!get(keyword).isNumber()) {
      throw refuse(keyword, "expected a number, found " + get(keyword));
    }
    return Optional.of(get(keyword).decimalValue());
  }

  PromptmillException refuse(String what) {
    return ConstraintErrors.invalid("JSON schema: %s: %s".formatted(name(at), what));
  }

  PromptmillException refuse(String keyword, String what) {
    return ConstraintErrors.invalid(place(keyword) + " " + what);
  }

  /** What to call a keyword in errors. */
  String place(String keyword) {
    return "JSON schema: %s: keyword '%s'".formatted(name(at), keyword);
  }

  private static String name(JsonPointer at) {
    return at.matches() ? "at the root" : at.toString();
  }
}

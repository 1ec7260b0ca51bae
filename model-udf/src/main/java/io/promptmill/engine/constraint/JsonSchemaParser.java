package io.promptmill.engine.constraint;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Turns a JSON schema into an expression for JSON without white space but for a blank before it and
 * after colons and commas: models are used to them and may write them. Supported: {@code type} (one
 * or several), {@code enum} and {@code const} of any values, {@code anyOf}, {@code $ref} to a place
 * in the same schema without recursion, all nested 100 deep at most; for objects {@code
 * properties}, {@code required} and {@code additionalProperties: false}; for arrays {@code items},
 * {@code minItems}, {@code maxItems}; for strings {@code minLength}, {@code maxLength}, {@code
 * pattern}; for numbers {@code minimum}, {@code maximum}, {@code exclusiveMinimum}, {@code
 * exclusiveMaximum}. Titles, descriptions and the like say nothing. Every other keyword is an
 * error. What is written is valid, but not all that is valid can be written: properties come in the
 * schema's order and no others come.
 */
final class JsonSchemaParser {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .reader();

  private static final Map<String, List<String>> KEYWORDS =
      Map.of(
          "object", List.of("properties", "required", "additionalProperties"),
          "array", List.of("items", "minItems", "maxItems"),
          "string", List.of("minLength", "maxLength", "pattern"),
          "integer", JsonNumbers.KEYWORDS,
          "number", JsonNumbers.KEYWORDS,
          "boolean", List.of(),
          "null", List.of());

  /** Schemas are read and compiled by recursion, on threads with the stacks that Spark gives. */
  private static final int MAX_DEPTH = 100;

  private final JsonNode root;
  private final Map<String, Expression> references = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private int depth;

  /**
   * @throws PromptmillException with {@code OPTION_INVALID} if the text is not one JSON value
   */
  JsonSchemaParser(String schema) {
    try {
      root = JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      throw ConstraintErrors.invalid(
          "JSON schema: expected JSON, found: " + e.getOriginalMessage() + place(e.getLocation()));
    }
  }

  /** Where numbers or names are too long or values nested too deep, Jackson does not say. */
  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  /**
   * @throws PromptmillException with {@code OPTION_INVALID} that names the place in the schema, the
   *     keyword, what was expected and what was found
   */
  Expression parse() {
    return Expression.sequence(
        Expression.OPTIONAL_BLANK, schema(SchemaObject.of(root, JsonPointer.empty())));
  }

  private Expression schema(SchemaObject schema) {
    if (++depth > MAX_DEPTH) {
      throw schema.refuse(
          "expected at most %d schemas in or by reference from each other, found more"
              .formatted(MAX_DEPTH));
    }
    Expression expression = unnested(schema);
    depth--;
    return expression;
  }

  private Expression unnested(SchemaObject schema) {
    if (schema.has("$ref")) {
      schema.requireOnly(List.of("$ref"), "beside $ref");
      return reference(schema);
    }
    if (schema.has("anyOf")) {
      schema.requireOnly(List.of("anyOf"), "beside anyOf");
      return anyOf(schema);
    }
    if (schema.has("const")) {
      schema.requireOnly(List.of("const", "type"), "beside const");
      return values(schema, "const", Stream.of(schema.get("const")));
    }
    if (schema.has("enum")) {
      schema.requireOnly(List.of("enum", "type"), "beside enum");
      if (!schema.get("enum").isArray()) {
        throw schema.refuse("enum", "expected an array, found " + schema.get("enum"));
      }
      return values(schema, "enum", stream(schema.get("enum")));
    }
    List<String> types = types(schema);
    if (types.isEmpty()) {
      schema.requireOnly(
          List.of("type", "enum", "const", "anyOf", "$ref"), "without a type beside it");
      throw schema.refuse("type", "is missing: expected it, enum, const, anyOf or $ref");
    }
    schema.requireOnly(
        Stream.concat(
                Stream.of("type"), types.stream().flatMap(type -> KEYWORDS.get(type).stream()))
            .toList(),
        "with type " + String.join(" or ", types));
    return new Expression.Alternatives(types.stream().map(type -> ofType(schema, type)).toList());
  }

  private static List<String> types(SchemaObject schema) {
    if (!schema.has("type")) {
      return List.of();
    }
    JsonNode given = schema.get("type");
    List<String> types =
        (given.isArray() ? stream(given) : Stream.of(given)).map(JsonNode::asText).toList();
    if (types.isEmpty() || !KEYWORDS.keySet().containsAll(types)) {
      throw schema.refuse(
          "type",
          "expected one of %s, found %s"
              .formatted(String.join(", ", new TreeSet<>(KEYWORDS.keySet())), given));
    }
    return types;
  }

  private Expression ofType(SchemaObject schema, String type) {
    return switch (type) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "string" -> JsonStrings.of(schema);
      case "integer" -> JsonNumbers.integer(schema);
      case "number" -> JsonNumbers.number(schema);
      case "boolean" ->
          new Expression.Alternatives(
              List.of(new Expression.Literal("true"), new Expression.Literal("false")));
      case "null" -> new Expression.Literal("null");
      default -> throw new IllegalArgumentException(type);
    };
  }

  private Expression reference(SchemaObject schema) {
    String target = schema.get("$ref").asText();
    if (!target.startsWith("#") || target.contains("%") || target.matches("#[^/].*")) {
      throw schema.refuse("$ref", "expected '#/' and a place in this schema, found " + target);
    }
    Expression known = references.get(target);
    if (known != null) {
      return known;
    }
    if (target.equals("#") || !open.add(target)) {
      throw schema.refuse("$ref", "is not supported where it is recursive, found " + target);
    }
    JsonPointer place = JsonPointer.compile(target.substring(1));
    if (root.at(place).isMissingNode()) {
      throw schema.refuse("$ref", "expected a place in this schema, found " + target);
    }
    Expression expression = schema(SchemaObject.of(root.at(place), place));
    open.remove(target);
    references.put(target, expression);
    return expression;
  }

  private Expression anyOf(SchemaObject schema) {
    JsonNode options = schema.get("anyOf");
    if (!options.isArray() || options.isEmpty()) {
      throw schema.refuse("anyOf", "expected an array of schemas, found " + options);
    }
    List<Expression> expressions = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      expressions.add(schema(schema.below("anyOf", Optional.of(Integer.toString(i)))));
    }
    return new Expression.Alternatives(expressions);
  }

  private static Expression values(SchemaObject schema, String keyword, Stream<JsonNode> values) {
    List<String> types = types(schema);
    List<Expression> literals =
        values
            .filter(value -> types.isEmpty() || types.stream().anyMatch(type -> is(value, type)))
            .<Expression>map(value -> new Expression.Literal(value.toString()))
            .toList();
    if (literals.isEmpty()) {
      throw schema.refuse(
          keyword, "expected at least one value of the type, found " + schema.get(keyword));
    }
    return new Expression.Alternatives(literals);
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> value.isNull();
    };
  }

  private Expression object(SchemaObject schema) {
    JsonNode properties = schema.get("properties");
    if (properties == null || !properties.isObject()) {
      throw schema.refuse("properties", "expected an object of schemas, found " + properties);
    }
    JsonNode others = schema.get("additionalProperties");
    if (others != null && !others.equals(JsonNodeFactory.instance.booleanNode(false))) {
      throw schema.refuse("additionalProperties", "expected false, found " + others);
    }
    Set<String> required = required(schema, properties);
    List<Expression.Members.Member> members = new ArrayList<>();
    properties
        .fieldNames()
        .forEachRemaining(
            name -> {
              String key = JsonNodeFactory.instance.textNode(name) + ":";
              Expression value = schema(schema.below("properties", Optional.of(name)));
              members.add(
                  new Expression.Members.Member(
                      Expression.sequence(
                          new Expression.Literal(key), Expression.OPTIONAL_BLANK, value),
                      !required.contains(name)));
            });
    return Expression.sequence(
        new Expression.Literal("{"), new Expression.Members(members), new Expression.Literal("}"));
  }

  private static Set<String> required(SchemaObject schema, JsonNode properties) {
    JsonNode given = schema.get("required");
    if (given == null) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    if (!given.isArray() || !stream(given).allMatch(JsonNode::isTextual)) {
      throw schema.refuse("required", "expected an array of names, found " + given);
    }
    for (JsonNode name : given) {
      if (!properties.has(name.asText())) {
        throw schema.refuse(
            "required", "expected names in properties, found '%s'".formatted(name.asText()));
      }
      names.add(name.asText());
    }
    return names;
  }

  private Expression array(SchemaObject schema) {
    int[] counts = schema.counts("minItems", "maxItems");
    if (!schema.has("items")) {
      throw schema.refuse("items", "is missing: expected a schema");
    }
    Expression item = schema(schema.below("items", Optional.empty()));
    Expression all = Expression.sequence();
    if (counts[1] > 0) {
      int more = counts[1] == Expression.UNBOUNDED ? Expression.UNBOUNDED : counts[1] - 1;
      Expression next =
          Expression.sequence(new Expression.Literal(","), Expression.OPTIONAL_BLANK, item);
      all =
          Expression.sequence(item, new Expression.Repeat(next, Math.max(0, counts[0] - 1), more));
      all = counts[0] == 0 ? Expression.optional(all) : all;
    }
    return Expression.sequence(new Expression.Literal("["), all, new Expression.Literal("]"));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> values = new ArrayList<>();
    array.forEach(values::add);
    return values.stream();
  }
}

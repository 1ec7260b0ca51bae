package io.promptmill.spark.eval.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One JSON object on each line; lines of white space alone are no rows. A field that only some
 * lines have is null in the others, as in {@code datasets}.
 */
final class JsonRows implements RowReader {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Override
  public List<Map<String, Object>> read(DataFile file, List<String> columns) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (BufferedReader text = file.openText()) {
      int number = 0;
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        number++;
        if (!line.isBlank()) {
          rows.add(row(file, line, number));
        }
      }
    }
    return sameColumns(rows);
  }

  /** All rows with all columns, in the order in which they first appear. */
  private static List<Map<String, Object>> sameColumns(List<Map<String, Object>> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    List<Map<String, Object>> same = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      if (List.copyOf(row.keySet()).equals(List.copyOf(columns))) {
        same.add(row);
      } else {
        Map<String, Object> fields = new LinkedHashMap<>();
        columns.forEach(column -> fields.put(column, row.get(column)));
        same.add(fields);
      }
    }
    return same;
  }

  private static Map<String, Object> row(DataFile file, String line, int number) {
    try {
      JsonNode node = JSON.readTree(line);
      if (!node.isObject()) {
        throw file.invalid(
            "line %d: expected a JSON object, found %s"
                .formatted(number, node.getNodeType().name().toLowerCase(Locale.ROOT)));
      }
      return object(file, node, number);
    } catch (JsonProcessingException e) {
      throw file.invalid(
          "line %d: expected a JSON object, found %s".formatted(number, e.getOriginalMessage()));
    }
  }

  private static Map<String, Object> object(DataFile file, JsonNode node, int number) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      fields.put(field.getKey(), value(file, field.getValue(), number));
    }
    return fields;
  }

  private static Object value(DataFile file, JsonNode node, int number) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(file, node, number);
      case ARRAY -> {
        List<Object> elements = new ArrayList<>();
        node.forEach(element -> elements.add(value(file, element, number)));
        yield elements;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NULL -> null;
      case NUMBER -> number(file, node, number);
      case BINARY, MISSING, POJO ->
          throw new IllegalStateException("no JSON text has " + node.getNodeType());
    };
  }

  private static Object number(DataFile file, JsonNode node, int number) {
    if (node.isFloatingPointNumber()) {
      return node.doubleValue();
    }
    if (!node.canConvertToLong()) {
      throw file.invalid(
          "line %d: expected integers of at most 64 bits, found %s".formatted(number, node));
    }
    return node.longValue();
  }
}

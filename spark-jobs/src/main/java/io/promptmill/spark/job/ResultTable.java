package io.promptmill.spark.job;

import io.promptmill.spark.io.TablePrinter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Rows for the terminal: the input's columns, then a few fields of the result, then its error. */
final class ResultTable {
  private static final int WIDEST = 48;

  private ResultTable() {}

  /**
   * @param schema of the rows; the last column is the result
   * @param shown fields of the result
   */
  static String print(StructType schema, List<Row> rows, List<String> shown) {
    int inputs = schema.length() - 1;
    List<String> header = new ArrayList<>(Arrays.asList(schema.fieldNames()).subList(0, inputs));
    header.addAll(shown);
    boolean failures = rows.stream().anyMatch(row -> error(row.getStruct(inputs)) != null);
    if (failures) {
      header.add("error");
    }
    List<List<String>> cells = new ArrayList<>();
    for (Row row : rows) {
      List<String> line = new ArrayList<>();
      for (int column = 0; column < inputs; column++) {
        line.add(text(row.get(column)));
      }
      Row result = row.getStruct(inputs);
      shown.forEach(field -> line.add(text(result.getAs(field))));
      if (failures) {
        Row error = error(result);
        line.add(error == null ? "" : error.getString(0) + ": " + error.getString(1));
      }
      cells.add(line);
    }
    return TablePrinter.print(header, cells, WIDEST);
  }

  private static Row error(Row result) {
    return result.getAs("error");
  }

  private static double number(Map.Entry<?, ?> entry) {
    return entry.getValue() instanceof Double number ? number : 0;
  }

  /** Of maps the largest numbers first. */
  private static String text(Object value) {
    if (value instanceof scala.collection.Map<?, ?> map) {
      return CollectionConverters.asJava(map).entrySet().stream()
          .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
          .sorted(Comparator.comparing(ResultTable::number).reversed())
          .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Iterable<?> many) {
      List<String> texts = new ArrayList<>();
      CollectionConverters.asJava(many).forEach(each -> texts.add(text(each)));
      return "[" + String.join(", ", texts) + "]";
    }
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.4f", number);
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value == null ? "" : value.toString();
  }
}

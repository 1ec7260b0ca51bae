package io.promptmill.spark.classification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Gold values that are no label: often a wrong column or another spelling.
 *
 * @param values the most frequent ones
 */
record OtherGold(List<Map<String, Object>> values) {
  static final OtherGold NONE = new OtherGold(List.of());

  /** A column of the wrong meaning may have as many values as rows. */
  private static final int MOST = 20;

  /** Counts on executors. */
  static OtherGold of(Dataset<Row> rows, String column) {
    List<Map<String, Object>> values = new ArrayList<>();
    rows.groupBy(column)
        .count()
        .orderBy(functions.desc("count"), functions.asc(column))
        .limit(MOST)
        .collectAsList()
        .forEach(
            row -> {
              Map<String, Object> value = new LinkedHashMap<>();
              value.put("value", row.getString(0));
              value.put("count", row.getLong(1));
              values.add(value);
            });
    return new OtherGold(values);
  }

  /**
   * @param count of all that are no label
   */
  String text(long count) {
    if (values.isEmpty()) {
      return "";
    }
    return values.stream()
        .map(value -> Tables.text("%s %,d", value.get("value"), value.get("count")))
        .collect(
            Collectors.joining(
                ", ",
                Tables.text("; %,d values are no label and do not count: ", count),
                values.size() < MOST ? "" : ", …"));
  }
}

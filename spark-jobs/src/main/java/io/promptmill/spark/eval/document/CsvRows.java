package io.promptmill.spark.eval.document;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV as CPython's {@code csv.reader} reads it by default: quotes are doubled, a quoted field may
 * hold line ends, nothing is trimmed, every field is text, an empty one too, and a line without any
 * character is no row.
 */
final class CsvRows implements RowReader {

  private static final CSVFormat PYTHON =
      CSVFormat.DEFAULT
          .builder()
          .setIgnoreEmptyLines(true)
          .setTrailingData(true)
          .setLenientEof(true)
          .get();

  @Override
  public List<Map<String, Object>> read(DataFile file, List<String> columns) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (BufferedReader text = file.openText();
        CSVParser parser = parse(text)) {
      List<String> names = columns;
      for (CSVRecord line : parser) {
        if (names.isEmpty()) {
          names = header(file, line);
        } else {
          rows.add(row(file, names, line, rows.size(), parser.getCurrentLineNumber()));
        }
      }
    }
    return rows;
  }

  static CSVParser parse(Reader text) throws IOException {
    return CSVParser.builder().setReader(text).setFormat(PYTHON).get();
  }

  private static List<String> header(DataFile file, CSVRecord line) {
    List<String> names = line.toList();
    if (names.stream().distinct().count() != names.size()) {
      throw file.invalid("expected a header with each name once, found " + names);
    }
    return names;
  }

  private static Map<String, Object> row(
      DataFile file, List<String> names, CSVRecord line, int index, long lastLine) {
    if (line.size() != names.size()) {
      throw file.invalid(
          "row %d, which ends in line %d: expected %d columns %s, found %d"
              .formatted(index, lastLine, names.size(), names, line.size()));
    }
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), line.get(i));
    }
    return row;
  }
}

package io.promptmill.spark.translation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a glossary's file: CSV or TSV with a header, or JSON lines, with {@code source} and {@code
 * target}; other columns are passed over.
 */
final class GlossaryFile {
  private static final String SOURCE = "source";
  private static final String TARGET = "target";
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String name;
  private final Map<String, Term> terms = new LinkedHashMap<>();
  private final Map<String, Long> lines = new LinkedHashMap<>();

  private GlossaryFile(String name) {
    this.name = name;
  }

  /**
   * @param name the file's, for its extension and for errors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} that names file and line
   */
  static List<Term> read(String name, String text) {
    GlossaryFile file = new GlossaryFile(name);
    String lower = name.toLowerCase(Locale.ROOT);
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    if (lower.endsWith(".csv")) {
      file.readTable(content, CSVFormat.DEFAULT);
    } else if (lower.endsWith(".tsv")) {
      file.readTable(content, CSVFormat.TDF);
    } else if (lower.endsWith(".jsonl")) {
      file.readLines(content);
    } else {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "--glossary: expected a file that ends in .csv, .tsv or .jsonl, found '%s'"
              .formatted(name));
    }
    return List.copyOf(file.terms.values());
  }

  private void readTable(String text, CSVFormat format) {
    long line = 0;
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      Iterator<CSVRecord> records = parser.iterator();
      List<String> header =
          records.hasNext()
              ? records.next().stream().map(String::strip).toList()
              : List.of("an empty file");
      int source = column(header, SOURCE);
      int target = column(header, TARGET);
      line = parser.getCurrentLineNumber();
      while (records.hasNext()) {
        CSVRecord row = records.next();
        line = parser.getCurrentLineNumber();
        boolean rest = row.stream().skip(header.size()).anyMatch(field -> !field.isBlank());
        if (row.size() <= Math.max(source, target) || rest) {
          throw invalid(line, header.size() + " columns", row.size() + " columns");
        }
        add(line, row.get(source), row.get(target));
      }
    } catch (IOException | UncheckedIOException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw unreadable(line + 1, "a table", why.getMessage(), e);
    }
  }

  private int column(List<String> header, String column) {
    String found = String.join(", ", header);
    if (!header.contains(column)) {
      throw invalid(1, "the columns source and target", found);
    }
    if (header.indexOf(column) != header.lastIndexOf(column)) {
      throw invalid(1, "one column " + column, found);
    }
    return header.indexOf(column);
  }

  private void readLines(String text) {
    long line = 0;
    for (String each : text.lines().toList()) {
      line++;
      if (each.isBlank()) {
        continue;
      }
      JsonNode object = parsed(line, each);
      add(line, textual(line, object, SOURCE), textual(line, object, TARGET));
    }
  }

  private JsonNode parsed(long line, String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw unreadable(line, "a JSON object", e.getOriginalMessage(), e);
    }
  }

  private String textual(long line, JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isTextual()) {
      throw invalid(line, "a text \"" + field + "\"", object.toString());
    }
    return value.textValue();
  }

  private void add(long line, String source, String target) {
    if (source.isBlank() || target.isBlank()) {
      throw invalid(line, "source and target", "'" + source + "', '" + target + "'");
    }
    Term term = new Term(source.strip(), target.strip());
    Term other = terms.putIfAbsent(term.source(), term);
    if (other != null && !other.equals(term)) {
      throw invalid(
          line,
          "one translation of '%s', which is '%s' in line %d"
              .formatted(term.source(), other.target(), lines.get(term.source())),
          "'" + term.target() + "'");
    }
    lines.putIfAbsent(term.source(), line);
  }

  private PromptmillException unreadable(long line, String expected, String why, Exception cause) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "--glossary: %s, line %d: expected %s: %s".formatted(name, line, expected, why),
        cause);
  }

  private PromptmillException invalid(long line, String expected, String found) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "--glossary: %s, line %d: expected %s, found %s".formatted(name, line, expected, found));
  }
}

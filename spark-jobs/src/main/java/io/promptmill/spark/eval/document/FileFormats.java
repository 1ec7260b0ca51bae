package io.promptmill.spark.eval.document;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The reader of a file, by its extension. */
final class FileFormats {

  private static final Map<String, RowReader> BY_EXTENSION =
      Map.of(
          "csv", new CsvRows(),
          "jsonl", new JsonRows(),
          "ndjson", new JsonRows(),
          "json", new JsonRows(),
          "parquet", new ParquetRows(),
          "arrow", new ArrowRows());

  private FileFormats() {}

  /**
   * @param columns names for a CSV file without header
   * @throws PromptmillException naming the file if it has no known extension or does not hold what
   *     the extension says
   */
  static List<Map<String, Object>> read(DataFile file, List<String> columns) {
    RowReader reader = BY_EXTENSION.get(file.extension());
    if (reader == null) {
      throw file.invalid(
          "expected a file that ends in one of %s, found '%s'"
              .formatted(new TreeSet<>(BY_EXTENSION.keySet()), file.extension()));
    }
    try {
      return reader.read(file, columns);
    } catch (PromptmillException e) {
      throw e;
    } catch (CharacterCodingException e) {
      throw unreadable(file, "UTF-8 text", "bytes that are not", e);
    } catch (IOException | RuntimeException e) {
      // Arrow and Parquet report malformed files by exceptions of every kind.
      throw unreadable(file, file.extension(), e.toString(), e);
    }
  }

  private static PromptmillException unreadable(
      DataFile file, String expected, String found, Exception cause) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "%s: expected %s, found %s".formatted(file.path(), expected, found),
        cause);
  }
}

package io.promptmill.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Statements of a {@code .sql} file: each ends with a semicolon at a line's end; {@code --} lines
 * are comments.
 */
public final class SqlFile {
  private SqlFile() {}

  public static List<String> statements(Path file) {
    try {
      String text =
          Files.readAllLines(file).stream()
              .filter(line -> !line.startsWith("--"))
              .collect(Collectors.joining("\n"));
      return Arrays.stream(text.split(";\\n|;$"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A session of its own on the fake model, with the view {@code t}. */
  public static SparkSession session() {
    SparkSession session = LocalSpark.session().newSession();
    session.conf().set("spark.promptmill.model", "fake:model");
    session.sql(
        """
        CREATE TEMPORARY VIEW t AS SELECT * FROM VALUES
          (1, 'good', 'en', array('a', 'bbb')),
          (2, 'bad', 'zh', array('cc', 'd')),
          (3, CAST(NULL AS STRING), 'en', array('a', 'b')),
          (4, 'good', CAST(NULL AS STRING), CAST(NULL AS ARRAY<STRING>))
          AS t(id, content, lang, labels)
        """);
    return session;
  }
}

package io.promptmill.spark.function;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.testing.Approved;
import io.promptmill.spark.testing.SqlFile;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code .sql} file gives what its {@code .out} file says. */
class SqlFileTest {
  static Stream<Path> files() {
    return Approved.files("sql", ".sql").stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileGivesItsApprovedOutput(Path file) {
    SparkSession session = SqlFile.session();
    StringBuilder transcript = new StringBuilder();
    for (String statement : SqlFile.statements(file)) {
      transcript.append("> ").append(statement).append(";\n");
      transcript.append(run(session, statement)).append('\n');
    }
    Approved.check(file, ".out", transcript.toString());
  }

  private static String run(SparkSession session, String statement) {
    try {
      Dataset<Row> rows = session.sql(statement);
      String columns =
          Stream.of(rows.schema().fields())
              .map(field -> field.name() + ": " + type(field))
              .collect(Collectors.joining(", "));
      String values =
          rows.collectAsList().stream()
              .map(row -> row.mkString(" | ") + "\n")
              .collect(Collectors.joining());
      return columns + "\n" + values;
    } catch (Exception e) { // AnalysisException is thrown unchecked by Scala
      return "error: " + message(e) + "\n";
    }
  }

  private static String type(StructField field) {
    return field.dataType().catalogString();
  }

  private static String message(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof PromptmillException) {
        return at.getMessage();
      }
      if (at instanceof AnalysisException analysis) {
        return analysis.getSimpleMessage().lines().findFirst().orElse("");
      }
    }
    throw new AssertionError("neither ours nor the analyzer's", thrown);
  }
}

package io.promptmill.spark.plan;

import io.promptmill.spark.testing.Approved;
import io.promptmill.spark.testing.SqlFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The optimized plan of every query in {@code plans} is the approved one. */
class ApprovedPlanTest {
  private static final Pattern ID = Pattern.compile("#(\\d+)L?");

  static Stream<Path> files() {
    return Approved.files("plans", ".sql").stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyQueryHasItsApprovedPlan(Path file) {
    SparkSession session = SqlFile.session();
    session.range(0, 100, 1, 4).createOrReplaceTempView("numbers");
    session
        .sql("SELECT id, id % 7 AS k, concat('q', id) AS q FROM numbers")
        .createOrReplaceTempView("q");
    List<String> statements = SqlFile.statements(file);
    Dataset<Row> result = null;
    for (String statement : statements) {
      result = session.sql(statement);
    }
    String plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) result)
            .queryExecution()
            .optimizedPlan()
            .toString();
    Approved.check(file, ".plan", normalized(plan));
  }

  /** Numbers of columns in the order in which they occur. */
  private static String normalized(String plan) {
    Map<String, Integer> numbers = new HashMap<>();
    Matcher matcher = ID.matcher(plan);
    return matcher.replaceAll(
        match -> "#" + numbers.computeIfAbsent(match.group(1), id -> numbers.size() + 1));
  }
}

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
import org.apache.spark.sql.execution.QueryExecution;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The optimized plan of every query in {@code plans} is the approved one; of those in {@code
 * plans/executed} the plan that runs.
 */
class ApprovedPlanTest {
  private static final Pattern ID = Pattern.compile("#(\\d+)L?");
  private static final Pattern PLAN_ID = Pattern.compile("\\[plan_id=\\d+]");
  private static final Pattern LOCATION = Pattern.compile("\\[file:[^]]*]");

  @TempDir static Path stored;

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
    String path = stored.resolve("q").toString();
    session.table("q").write().mode("ignore").parquet(path);
    session.read().parquet(path).createOrReplaceTempView("stored");
    List<String> statements = SqlFile.statements(file);
    Dataset<Row> result = null;
    for (String statement : statements) {
      result = session.sql(statement);
    }
    QueryExecution execution =
        ((org.apache.spark.sql.classic.Dataset<Row>) result).queryExecution();
    boolean executed = file.getParent().endsWith("executed");
    String plan = (executed ? execution.executedPlan() : execution.optimizedPlan()).toString();
    Approved.check(file, ".plan", normalized(plan));
  }

  /** Numbers of columns in the order in which they occur. */
  private static String normalized(String plan) {
    Map<String, Integer> numbers = new HashMap<>();
    String anywhere =
        LOCATION.matcher(PLAN_ID.matcher(plan).replaceAll("[plan_id=]")).replaceAll("[file:]");
    Matcher matcher = ID.matcher(anywhere);
    return matcher.replaceAll(
        match -> "#" + numbers.computeIfAbsent(match.group(1), id -> numbers.size() + 1));
  }
}

package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;

/** The inference operators of a query that has run. */
public final class InferNodes {
  private InferNodes() {}

  public static List<InferExec> of(Dataset<Row> rows) {
    List<InferExec> found = new ArrayList<>();
    collect(
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().executedPlan(), found);
    return found;
  }

  private static void collect(SparkPlan plan, List<InferExec> found) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      collect(adaptive.executedPlan(), found);
    } else if (plan instanceof QueryStageExec stage) {
      collect(stage.plan(), found);
    } else if (plan instanceof InMemoryTableScanExec cached) {
      collect(cached.relation().cachedPlan(), found);
    }
    if (plan instanceof InferExec infer) {
      found.add(infer);
    }
    Nodes.list(plan.children()).forEach(child -> collect(child, found));
    Nodes.list(plan.subqueries()).forEach(subquery -> collect(subquery, found));
  }

  /** A metric's sum over all operators. */
  public static long sum(Dataset<Row> rows, String metric) {
    return of(rows).stream().mapToLong(node -> node.longMetric(metric).value()).sum();
  }
}

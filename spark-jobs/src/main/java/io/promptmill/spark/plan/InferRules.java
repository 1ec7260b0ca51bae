package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;

/** The rules around inference nodes, without state, in the order in which they run. */
public final class InferRules {
  /** Requests become nodes, before Spark's optimizer sees them. */
  public static final Rule<LogicalPlan> EXTRACT = new ExtractInferences();

  /** In Spark's optimizer, over and over until nothing changes. */
  public static final List<Rule<LogicalPlan>> OPTIMIZE =
      List.of(
          EXTRACT,
          new FilterBelowInfer(),
          new LimitBelowInfer(),
          new PruneInferences(),
          new ShareInferences(),
          new SortAfterInfer());

  /** In physical plans, after Spark has put transitions between columns and rows. */
  public static final ColumnarRule COLUMNS = new ReadColumns();

  private InferRules() {}

  /** Once, after those. */
  public static Rule<LogicalPlan> order(SparkSession session) {
    return new OrderRequests(session);
  }
}

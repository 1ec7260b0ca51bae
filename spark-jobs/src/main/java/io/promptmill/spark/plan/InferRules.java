package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

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

  private InferRules() {}
}

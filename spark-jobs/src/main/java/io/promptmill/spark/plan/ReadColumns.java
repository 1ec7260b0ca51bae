package io.promptmill.spark.plan;

import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;

/**
 * Inference nodes read the columns of Spark's vectorized scans themselves: the transition to rows
 * that Spark puts between the two is taken away. Tables in memory need none. Scans of accelerators,
 * whose vectors may be out of Java's reach, keep theirs.
 */
final class ReadColumns extends ColumnarRule {

  @Override
  public Rule<SparkPlan> postColumnarTransitions() {
    return new Rule<>() {
      @Override
      public SparkPlan apply(SparkPlan plan) {
        return withoutTransitions(plan);
      }
    };
  }

  private static SparkPlan withoutTransitions(SparkPlan plan) {
    SparkPlan node = plan.mapChildren(ReadColumns::withoutTransitions);
    return node instanceof InferExec infer
            && infer.child() instanceof ColumnarToRowExec transition
            && (transition.child() instanceof FileSourceScanExec
                || transition.child() instanceof BatchScanExec)
        ? infer.withNewChildInternal(transition.child())
        : node;
  }
}

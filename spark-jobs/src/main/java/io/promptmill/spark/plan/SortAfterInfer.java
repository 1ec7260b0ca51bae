package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Option;

/**
 * Puts answers into a shuffle before they are sorted. To sort a table Spark computes its rows
 * twice, first for a sample that says where partitions begin; the shuffle keeps them from the first
 * time.
 */
final class SortAfterInfer extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return keep(plan, false);
  }

  /**
   * @param limited whether the plan's first rows alone are taken, for which Spark takes no sample
   */
  private static LogicalPlan keep(LogicalPlan plan, boolean limited) {
    if (plan instanceof Sort sort
        && sort.global()
        && !limited
        && !isOnePartition(sort.child())
        && computes(sort.child())) {
      LogicalPlan kept =
          new RebalancePartitions(
              Nodes.seq(List.of()), sort.child(), Option.empty(), Option.empty());
      return new Sort(sort.order(), true, keep(kept, false), sort.hint());
    }
    return plan.mapChildren(child -> keep(child, plan instanceof LocalLimit));
  }

  /** Rows behind a limit are in one partition, which takes no sample. */
  private static boolean isOnePartition(LogicalPlan plan) {
    boolean narrow = plan instanceof Project || plan instanceof Filter || plan instanceof Infer;
    return plan instanceof GlobalLimit || (narrow && isOnePartition(plan.children().head()));
  }

  /** Whether computing the plan's rows anew asks the model anew. */
  static boolean computes(LogicalPlan plan) {
    boolean shuffled =
        plan instanceof Aggregate
            || plan instanceof Distinct
            || plan instanceof Window
            || plan instanceof RebalancePartitions
            || plan instanceof RepartitionOperation
            || (plan instanceof Sort sort && sort.global());
    return plan instanceof Infer
        || (!shuffled && Nodes.list(plan.children()).stream().anyMatch(SortAfterInfer::computes));
  }
}

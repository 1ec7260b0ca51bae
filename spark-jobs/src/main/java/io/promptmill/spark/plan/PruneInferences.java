package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

/** Results that nobody reads are not computed. */
final class PruneInferences extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return prune(plan, null);
  }

  /**
   * @param read columns of the plan that are read above it, null for all
   */
  private static LogicalPlan prune(LogicalPlan plan, AttributeSet read) {
    if (plan instanceof Infer infer && read != null) {
      return pruned(infer, read);
    }
    AttributeSet below;
    if (plan instanceof Project || plan instanceof Aggregate) {
      below = plan.references();
    } else if (passes(plan) && read != null) {
      below = read.$plus$plus(plan.references());
    } else {
      below = null;
    }
    return plan.mapChildren(child -> prune(child, below));
  }

  private static boolean passes(LogicalPlan plan) {
    return plan instanceof Filter
        || plan instanceof Sort
        || plan instanceof GlobalLimit
        || plan instanceof LocalLimit
        || plan instanceof Infer;
  }

  private static LogicalPlan pruned(Infer infer, AttributeSet read) {
    List<Seq<Expression>> inputs = new ArrayList<>();
    List<Attribute> results = new ArrayList<>();
    List<InferCall> calls = new ArrayList<>();
    for (int i = 0; i < infer.calls().size(); i++) {
      if (read.contains(infer.results().apply(i))) {
        inputs.add(infer.inputs().apply(i));
        results.add(infer.results().apply(i));
        calls.add(infer.calls().get(i));
      }
    }
    if (calls.isEmpty()) {
      return prune(infer.child(), read);
    }
    Infer kept =
        calls.size() == infer.calls().size()
            ? infer
            : new Infer(infer.child(), Nodes.seq(inputs), Nodes.seq(results), calls);
    AttributeSet below = read.$plus$plus(kept.references());
    return kept.mapChildren(child -> prune(child, below));
  }
}

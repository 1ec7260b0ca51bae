package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Conditions that need no result hold rows back before they are asked about. */
final class FilterBelowInfer extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (plan instanceof Filter filter
        && filter.child() instanceof Infer infer
        && Nodes.list(infer.expressions()).stream().allMatch(Expression::deterministic)
        && filter.condition().deterministic()) {
      List<Expression> below = new ArrayList<>();
      List<Expression> above = new ArrayList<>();
      for (Expression each : ExtractInferences.conjuncts(filter.condition())) {
        boolean free = each.references().subsetOf(infer.child().outputSet());
        (free ? below : above).add(each);
      }
      if (!below.isEmpty()) {
        LogicalPlan moved =
            infer.withNewChildInternal(new Filter(ExtractInferences.all(below), infer.child()));
        return apply(above.isEmpty() ? moved : new Filter(ExtractInferences.all(above), moved));
      }
    }
    return plan.mapChildren(this::apply);
  }
}

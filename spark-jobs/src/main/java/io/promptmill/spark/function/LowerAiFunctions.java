package io.promptmill.spark.function;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Puts requests in the places of the functions' calls, in subqueries too. */
public final class LowerAiFunctions extends Rule<LogicalPlan> {
  public static final LowerAiFunctions INSTANCE = new LowerAiFunctions();

  private LowerAiFunctions() {}

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    LogicalPlan below = plan.mapChildren(this::apply);
    return below.mapExpressions(this::lower);
  }

  /** From the inside out: a function's value reads its arguments' values. */
  private Expression lower(Expression expression) {
    Expression inside = expression.mapChildren(this::lower);
    if (inside instanceof AiCall call) {
      return call.lowered();
    }
    return inside instanceof SubqueryExpression subquery
        ? subquery.withNewPlan(apply(subquery.plan()))
        : inside;
  }
}

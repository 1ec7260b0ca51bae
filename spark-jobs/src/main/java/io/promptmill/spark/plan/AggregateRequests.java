package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * Requests around {@code GROUP BY}: over aggregates and grouping columns they are computed above
 * it, once for each group; as grouping columns and inside aggregates, below it.
 */
final class AggregateRequests {
  private AggregateRequests() {}

  static LogicalPlan extract(Aggregate aggregate) {
    List<NamedExpression> above = new ArrayList<>();
    List<NamedExpression> below = new ArrayList<>();
    for (NamedExpression named : Nodes.list(aggregate.aggregateExpressions())) {
      Expression expression = (Expression) named;
      if (asksOfGroups(expression, aggregate)) {
        above.add(
            (NamedExpression)
                Requests.rewrite(expression, each -> ofGroup(each, aggregate, below)));
      } else {
        below.add(named);
        above.add(named.toAttribute());
      }
    }
    boolean split = above.stream().anyMatch(each -> Requests.in((Expression) each));
    Aggregate grouped =
        aggregate.copy(
            aggregate.groupingExpressions(),
            split ? Nodes.seq(below) : aggregate.aggregateExpressions(),
            aggregate.child(),
            aggregate.hint());
    LogicalPlan extracted = ExtractInferences.extract(grouped);
    return split ? ExtractInferences.extract(new Project(Nodes.seq(above), extracted)) : extracted;
  }

  /** Whether there is a request that is not part of an aggregate or of a grouping column. */
  private static boolean asksOfGroups(Expression expression, Aggregate aggregate) {
    if (belongsTo(aggregate, expression)) {
      return false;
    }
    return expression instanceof InferRequest
        || Nodes.list(expression.children()).stream()
            .anyMatch(child -> asksOfGroups(child, aggregate));
  }

  private static boolean belongsTo(Aggregate aggregate, Expression expression) {
    return expression instanceof AggregateExpression
        || Nodes.list(aggregate.groupingExpressions()).stream()
            .anyMatch(grouping -> grouping.semanticEquals(expression));
  }

  /** The column that the aggregate gives for a part of the expression; null if it gives none. */
  private static Expression ofGroup(
      Expression part, Aggregate aggregate, List<NamedExpression> below) {
    if (!belongsTo(aggregate, part)) {
      return null;
    }
    NamedExpression column =
        part instanceof NamedExpression named ? named : Nodes.alias(part, "group");
    below.add(column);
    return (Expression) column.toAttribute();
  }
}

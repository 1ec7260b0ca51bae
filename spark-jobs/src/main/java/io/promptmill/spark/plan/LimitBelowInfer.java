package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Rows that a {@code LIMIT} drops are not asked about. Legal because the node keeps every row and
 * the rows' order.
 *
 * <p>At the top of a query each partition is limited, and Spark takes partitions until it has
 * enough. Elsewhere, and where the limit follows an order, exactly the rows that it keeps are asked
 * about, by one task.
 */
final class LimitBelowInfer extends Rule<LogicalPlan> {

  private record Bound(Expression rows, Seq<SortOrder> order, boolean ofPartition) {

    Bound with(Seq<SortOrder> newOrder) {
      return new Bound(rows, newOrder, ofPartition && newOrder.isEmpty());
    }

    boolean sorts() {
      return !order.isEmpty();
    }

    boolean holds(LogicalPlan plan) {
      Option<Object> most = ofPartition ? plan.maxRowsPerPartition() : plan.maxRows();
      return most.isDefined() && (Long) most.get() <= ((Number) rows.eval(null)).longValue();
    }

    LogicalPlan over(LogicalPlan plan) {
      LogicalPlan sorted = sorts() ? new Sort(order, true, plan, Option.empty()) : plan;
      LocalLimit local = new LocalLimit(rows, sorted);
      return ofPartition ? local : new GlobalLimit(rows, local);
    }
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return limit(plan, true);
  }

  private LogicalPlan limit(LogicalPlan plan, boolean top) {
    LogicalPlan pushed = null;
    if (plan instanceof GlobalLimit global
        && global.child() instanceof LocalLimit local
        && global.limitExpr().equals(local.limitExpr())) {
      LogicalPlan child =
          push(local.child(), new Bound(local.limitExpr(), Nodes.seq(List.of()), top));
      pushed =
          child == null
              ? null
              : new GlobalLimit(global.limitExpr(), new LocalLimit(local.limitExpr(), child));
    } else if (plan instanceof LocalLimit local) {
      LogicalPlan child =
          push(local.child(), new Bound(local.limitExpr(), Nodes.seq(List.of()), true));
      pushed = child == null ? null : new LocalLimit(local.limitExpr(), child);
    }
    if (pushed != null) {
      return pushed;
    }
    return plan.mapChildren(child -> limit(child, false));
  }

  /** The plan with the bound below its lowest inference, or null if there is no use for one. */
  private static LogicalPlan push(LogicalPlan plan, Bound bound) {
    LogicalPlan child = null;
    if (plan instanceof Project project) {
      child = push(project.child(), bound.with(Aliases.of(project).resolve(bound.order())));
    } else if (plan instanceof Sort sort && sort.global() && !bound.sorts()) {
      child = push(sort.child(), bound.with(sort.order()));
    } else if (plan instanceof Infer infer && canHold(infer.child(), bound)) {
      child = push(infer.child(), bound);
      if (child == null && !bound.holds(infer.child())) {
        child = bound.over(infer.child());
      }
    }
    return child == null ? null : plan.withNewChildren(Nodes.seq(List.of(child)));
  }

  private static boolean canHold(LogicalPlan plan, Bound bound) {
    return Nodes.list(bound.order()).stream()
        .allMatch(each -> each.deterministic() && each.references().subsetOf(plan.outputSet()));
  }
}

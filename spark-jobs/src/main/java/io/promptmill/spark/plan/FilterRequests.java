package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Requests in {@code WHERE}: the conditions without any come first. */
final class FilterRequests {
  private FilterRequests() {}

  static LogicalPlan extract(Filter filter) {
    List<Expression> conjuncts = ExtractInferences.conjuncts(filter.condition());
    List<Expression> cheap = conjuncts.stream().filter(each -> !Requests.in(each)).toList();
    List<Expression> asking = conjuncts.stream().filter(Requests::in).toList();
    LogicalPlan child =
        cheap.isEmpty() ? filter.child() : new Filter(ExtractInferences.all(cheap), filter.child());
    return ExtractInferences.extract(new Filter(ExtractInferences.all(asking), child));
  }
}

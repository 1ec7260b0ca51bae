package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.Cross$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Option;

/**
 * Requests in {@code ON}: over one side's columns they are computed on that side; over both sides'
 * columns after an inner join, and not at all for other joins.
 */
final class JoinRequests {
  private JoinRequests() {}

  static LogicalPlan extract(Join join) {
    LogicalPlan left = join.left();
    LogicalPlan right = join.right();
    Expression condition = join.condition().get();
    while (true) {
      LogicalPlan leftSide = left;
      LogicalPlan rightSide = right;
      List<InferRequest> all = Requests.innermost(List.of(condition));
      List<InferRequest> ofLeft = all.stream().filter(each -> reads(each, leftSide)).toList();
      List<InferRequest> ofRight =
          all.stream().filter(each -> reads(each, rightSide) && !ofLeft.contains(each)).toList();
      if (ofLeft.isEmpty() && ofRight.isEmpty()) {
        break;
      }
      Map<InferRequest, Attribute> columns = new HashMap<>();
      left = ofLeft.isEmpty() ? left : Requests.attach(left, ofLeft, columns);
      right = ofRight.isEmpty() ? right : Requests.attach(right, ofRight, columns);
      condition = Requests.rewrite(condition, each -> columns.get(each));
    }
    return ExtractInferences.withOutputOf(join, rest(join, left, right, condition));
  }

  private static boolean reads(InferRequest request, LogicalPlan side) {
    return request.references().subsetOf(side.outputSet());
  }

  /** What is left reads both sides. */
  private static LogicalPlan rest(
      Join join, LogicalPlan left, LogicalPlan right, Expression condition) {
    List<Expression> conjuncts = ExtractInferences.conjuncts(condition);
    List<Expression> asking = conjuncts.stream().filter(Requests::in).toList();
    List<Expression> cheap = new ArrayList<>(conjuncts);
    cheap.removeAll(asking);
    Join joined =
        join.copy(
            left,
            right,
            join.joinType(),
            cheap.isEmpty() ? Option.empty() : Option.apply(ExtractInferences.all(cheap)),
            join.hint());
    if (asking.isEmpty()) {
      return joined;
    }
    if (join.joinType() != Inner$.MODULE$ && join.joinType() != Cross$.MODULE$) {
      throw ExtractInferences.unsupported(
          asking,
          "the condition of a %s join over both sides' columns".formatted(join.joinType().sql()));
    }
    return ExtractInferences.extract(new Filter(ExtractInferences.all(asking), joined));
  }
}

package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.Tuple2;

/**
 * Requests in branches: a row is asked about only where its branch is taken, as in {@code
 * coalesce(known, ai_gen(x))}. Elsewhere the request's inputs are null, which asks nothing.
 */
final class GuardedRequests {
  private GuardedRequests() {}

  /** The same value, with requests that know when they are not needed. */
  static Expression guard(Expression expression) {
    Expression inside = expression.mapChildren(GuardedRequests::guard);
    if (!Requests.in(inside)) {
      return inside;
    } else if (inside instanceof If choice) {
      return new If(
          choice.predicate(),
          when(List.of(), choice.predicate(), choice.trueValue()),
          when(List.of(choice.predicate()), null, choice.falseValue()));
    } else if (inside instanceof CaseWhen cases) {
      return guard(cases);
    } else if (inside instanceof Coalesce coalesce) {
      return guard(coalesce);
    }
    return inside;
  }

  private static Expression guard(CaseWhen cases) {
    List<Expression> before = new ArrayList<>();
    List<Tuple2<Expression, Expression>> branches = new ArrayList<>();
    for (Tuple2<Expression, Expression> branch : Nodes.list(cases.branches())) {
      branches.add(new Tuple2<>(branch._1(), when(before, branch._1(), branch._2())));
      before.add(branch._1());
    }
    Option<Expression> other = cases.elseValue();
    return new CaseWhen(
        Nodes.seq(branches),
        other.isEmpty() ? other : Option.apply(when(before, null, other.get())));
  }

  private static Expression guard(Coalesce coalesce) {
    List<Expression> before = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (Expression value : Nodes.list(coalesce.children())) {
      values.add(when(before, null, value));
      before.add(new IsNotNull(value));
    }
    return new Coalesce(Nodes.seq(values));
  }

  /**
   * Makes the requests in a value ask only where it is taken.
   *
   * @param not conditions that are asked before; where one holds the value is not taken
   * @param condition where the value is taken if none of those holds; null for everywhere
   */
  private static Expression when(List<Expression> not, Expression condition, Expression value) {
    boolean repeatable =
        not.stream().allMatch(Expression::deterministic)
            && (condition == null || condition.deterministic());
    if ((not.isEmpty() && condition == null) || !repeatable) {
      return value; // a condition that comes out otherwise the second time would lose answers
    }
    return Requests.rewrite(
        value,
        each -> {
          if (!(each instanceof InferRequest request)) {
            return null;
          }
          List<Expression> inputs =
              Nodes.list(request.inputs()).stream()
                  .map(input -> input(not, condition, when(not, condition, input)))
                  .toList();
          return new InferRequest(request.function(), Nodes.seq(inputs), request.call());
        });
  }

  private static Expression input(List<Expression> not, Expression condition, Expression input) {
    Literal none = Literal.create(null, input.dataType());
    List<Tuple2<Expression, Expression>> branches = new ArrayList<>();
    not.forEach(each -> branches.add(new Tuple2<>(each, none)));
    branches.add(
        new Tuple2<>(
            condition == null ? Literal.create(true, DataTypes.BooleanType) : condition, input));
    return new CaseWhen(Nodes.seq(branches), Option.empty());
  }
}

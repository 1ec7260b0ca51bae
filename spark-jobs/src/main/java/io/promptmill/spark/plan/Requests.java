package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.Metadata;
import scala.collection.immutable.Seq;

/** Finds the requests in expressions and puts columns in their places. */
final class Requests {
  private Requests() {}

  static boolean in(Expression expression) {
    return expression instanceof InferRequest
        || Nodes.list(expression.children()).stream().anyMatch(Requests::in);
  }

  /** Requests that read no other request's result. */
  static List<InferRequest> innermost(Collection<Expression> expressions) {
    List<InferRequest> found = new ArrayList<>();
    expressions.forEach(expression -> collect(expression, found));
    return found;
  }

  private static boolean collect(Expression expression, List<InferRequest> found) {
    boolean inside = false;
    for (Expression child : Nodes.list(expression.children())) {
      inside |= collect(child, found);
    }
    if (expression instanceof InferRequest request && !inside) {
      found.add(request);
    }
    return inside || expression instanceof InferRequest;
  }

  /** First request anywhere, for messages. */
  static InferRequest first(Collection<Expression> expressions) {
    return innermost(expressions).get(0);
  }

  /**
   * Plans requests over a child, equal ones once.
   *
   * @param columns receives each request's column
   * @return the child with the columns
   */
  static LogicalPlan attach(
      LogicalPlan child, List<InferRequest> requests, Map<InferRequest, Attribute> columns) {
    Map<Expression, Attribute> known = new HashMap<>();
    List<Seq<Expression>> inputs = new ArrayList<>();
    List<Attribute> results = new ArrayList<>();
    List<InferCall> calls = new ArrayList<>();
    for (InferRequest request : requests) {
      Attribute column = request.deterministic() ? known.get(request.canonicalized()) : null;
      if (column == null) {
        column =
            new AttributeReference(
                request.function(),
                request.dataType(),
                true,
                Metadata.empty(),
                NamedExpression.newExprId(),
                Nodes.seq(List.of()));
        known.put(request.canonicalized(), column);
        inputs.add(request.inputs());
        results.add(column);
        calls.add(request.call());
      }
      columns.put(request, column);
    }
    return new Infer(child, Nodes.seq(inputs), Nodes.seq(results), calls);
  }

  /** Puts columns in the places of requests. */
  static Expression replace(Expression expression, Map<InferRequest, Attribute> columns) {
    return rewrite(
        expression, each -> each instanceof InferRequest request ? columns.get(request) : null);
  }

  /**
   * @param rule what stands in an expression's place; null to look at its children
   */
  static Expression rewrite(Expression expression, Function<Expression, Expression> rule) {
    Expression instead = rule.apply(expression);
    return instead != null ? instead : expression.mapChildren(child -> rewrite(child, rule));
  }

  static boolean any(Expression expression, Predicate<Expression> test) {
    return test.test(expression)
        || Nodes.list(expression.children()).stream().anyMatch(child -> any(child, test));
  }
}

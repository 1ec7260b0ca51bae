package io.promptmill.spark.plan;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Plans every {@link InferRequest} as an {@link Infer} below the clause that needs it: all requests
 * of a clause in one node, equal ones once, a request that reads another's result in a node above
 * the other's. Runs before Spark's optimizer, so that nothing there copies a request; what stands
 * in correlated subqueries waits until the optimizer has made joins of them.
 */
final class ExtractInferences extends Rule<LogicalPlan> {

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a request stands where
   *     none can be planned; names the function and the clause
   */
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    LogicalPlan below = plan.mapChildren(this::apply);
    LogicalPlan written = below.mapExpressions(this::inSubqueries);
    LogicalPlan node = InputFiles.below(written);
    LogicalPlan planned = plan(node);
    return node == written ? planned : withOutputOf(written, planned);
  }

  private static LogicalPlan plan(LogicalPlan node) {
    List<Expression> expressions = Nodes.list(node.expressions());
    if (node instanceof Infer || expressions.stream().noneMatch(Requests::in)) {
      return node;
    }
    refuseLambdas(expressions);
    LogicalPlan guarded = node.mapExpressions(GuardedRequests::guard);
    if (guarded instanceof Filter filter) {
      return FilterRequests.extract(filter);
    } else if (guarded instanceof Aggregate aggregate) {
      return AggregateRequests.extract(aggregate);
    } else if (guarded instanceof Join join) {
      return JoinRequests.extract(join);
    } else if (guarded instanceof Project
        || guarded instanceof Sort
        || guarded instanceof Window
        || guarded instanceof Generate
        || guarded instanceof Expand
        || guarded instanceof RepartitionByExpression) {
      return extract(guarded);
    }
    throw unsupported(expressions, node.nodeName());
  }

  private Expression inSubqueries(Expression expression) {
    return Requests.rewrite(
        expression,
        each ->
            each instanceof SubqueryExpression subquery && subquery.getOuterAttrs().isEmpty()
                ? subquery.withNewPlan(apply(subquery.plan()))
                : null);
  }

  /** Plans the requests of a node with one child below it; its output stays. */
  static LogicalPlan extract(LogicalPlan node) {
    LogicalPlan extracted = node;
    while (true) {
      List<InferRequest> requests = Requests.innermost(Nodes.list(extracted.expressions()));
      if (requests.isEmpty()) {
        break;
      }
      Map<InferRequest, Attribute> columns = new HashMap<>();
      LogicalPlan child = Requests.attach(extracted.children().head(), requests, columns);
      LogicalPlan replaced = extracted.mapExpressions(each -> Requests.replace(each, columns));
      extracted = replaced.withNewChildren(Nodes.seq(List.of(child)));
    }
    return withOutputOf(node, extracted);
  }

  /** Drops the columns that extraction added. */
  static LogicalPlan withOutputOf(LogicalPlan node, LogicalPlan extracted) {
    return extracted.output().size() == node.output().size()
        ? extracted
        : new Project(Nodes.named(node.output()), extracted);
  }

  private static void refuseLambdas(List<Expression> expressions) {
    for (InferRequest request : Requests.innermost(expressions)) {
      if (isInLambda(request, Set.of())) {
        throw unsupported(List.of(request), "a lambda function; explode the array instead");
      }
    }
  }

  /** Whether an expression reads a variable of a lambda function around it. */
  private static boolean isInLambda(Expression expression, Set<ExprId> own) {
    if (expression instanceof NamedLambdaVariable variable) {
      return !own.contains(variable.exprId());
    }
    Set<ExprId> known = new HashSet<>(own);
    if (expression instanceof LambdaFunction lambda) {
      Nodes.list(lambda.arguments()).forEach(argument -> known.add(argument.exprId()));
    }
    return Nodes.list(expression.children()).stream().anyMatch(each -> isInLambda(each, known));
  }

  static PromptmillException unsupported(List<Expression> expressions, String clause) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "%s: not supported in %s".formatted(Requests.first(expressions).function(), clause));
  }

  /** The parts of a condition that must all hold. */
  static List<Expression> conjuncts(Expression condition) {
    List<Expression> parts = new ArrayList<>();
    if (condition instanceof org.apache.spark.sql.catalyst.expressions.And and) {
      parts.addAll(conjuncts(and.left()));
      parts.addAll(conjuncts(and.right()));
    } else {
      parts.add(condition);
    }
    return parts;
  }

  /**
   * @param parts at least one
   */
  static Expression all(List<Expression> parts) {
    return parts.stream().reduce(org.apache.spark.sql.catalyst.expressions.And::new).orElseThrow();
  }
}

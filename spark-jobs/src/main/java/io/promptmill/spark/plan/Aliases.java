package io.promptmill.spark.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.collection.immutable.Seq;

/** What a projection's columns stand for, to say something of them below it. */
record Aliases(Map<ExprId, Expression> values) {

  static Aliases of(Project project) {
    Map<ExprId, Expression> values = new HashMap<>();
    for (NamedExpression column : Nodes.list(project.projectList())) {
      if (column instanceof Alias alias) {
        values.put(alias.exprId(), alias.child());
      }
    }
    return new Aliases(values);
  }

  Expression resolve(Expression expression) {
    return Requests.rewrite(
        expression, each -> each instanceof Attribute column ? values.get(column.exprId()) : null);
  }

  @SuppressWarnings(
      "unchecked") // an attribute is replaced inside its parent, which stays what it is
  <E extends Expression> Seq<E> resolve(Seq<E> expressions) {
    List<E> resolved =
        Nodes.list(expressions).stream().map(each -> (E) resolve((Expression) each)).toList();
    return Nodes.seq(resolved);
  }
}

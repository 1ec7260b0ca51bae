package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockLength;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockStart;
import org.apache.spark.sql.catalyst.expressions.InputFileName;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * {@code input_file_name()} and the like say which file a task reads at the moment. An inference
 * node reads ahead, so above it they would name a later row's file: they are columns computed below
 * it.
 */
final class InputFiles {
  private InputFiles() {}

  /**
   * The node with such columns in the places of the expressions, where it asks the model itself or
   * stands above a node that does; else the node. Columns may come after those of its output.
   */
  static LogicalPlan below(LogicalPlan node) {
    if (node.children().size() != 1) {
      return node; // Spark takes none in joins
    }
    LogicalPlan child = node.children().head();
    List<Expression> expressions = Nodes.list(node.expressions());
    if (expressions.stream().noneMatch(Requests::in) && !readsAhead(child)) {
      return node;
    }
    Map<Class<?>, Alias> columns = new LinkedHashMap<>();
    LogicalPlan replaced =
        node.mapExpressions(each -> Requests.rewrite(each, part -> column(part, columns)));
    return columns.isEmpty()
        ? node
        : replaced.withNewChildren(
            Nodes.seq(List.of(compute(child, List.copyOf(columns.values())))));
  }

  private static Expression column(Expression part, Map<Class<?>, Alias> columns) {
    boolean saysFile =
        part instanceof InputFileName
            || part instanceof InputFileBlockStart
            || part instanceof InputFileBlockLength;
    return saysFile
        ? (Expression)
            columns
                .computeIfAbsent(part.getClass(), kind -> Nodes.alias(part, part.prettyName()))
                .toAttribute()
        : null;
  }

  private static boolean readsAhead(LogicalPlan plan) {
    return plan instanceof Infer
        || ((plan instanceof Project || plan instanceof Filter)
            && readsAhead(plan.children().head()));
  }

  private static LogicalPlan compute(LogicalPlan plan, List<Alias> columns) {
    if (!readsAhead(plan)) {
      List<NamedExpression> list = new ArrayList<>(Nodes.list(Nodes.named(plan.output())));
      list.addAll(columns);
      return new Project(Nodes.seq(list), plan);
    }
    LogicalPlan child = compute(plan.children().head(), columns);
    if (plan instanceof Project project) {
      List<NamedExpression> list = new ArrayList<>(Nodes.list(project.projectList()));
      columns.forEach(column -> list.add(column.toAttribute()));
      return new Project(Nodes.seq(list), child);
    }
    return plan.withNewChildren(Nodes.seq(List.of(child)));
  }
}

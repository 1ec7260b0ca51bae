package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Calls of several nodes over the same rows go into one node, and what a node below has computed is
 * not computed again: {@code SELECT ai_gen(x) FROM t WHERE ai_gen(x) != ''} asks once.
 */
final class ShareInferences extends Rule<LogicalPlan> {

  /** A call on its way down, its inputs in terms of the columns where it is. */
  private record Wanted(InferCall call, List<Expression> inputs, Attribute result) {

    boolean sameAs(InferCall other, Seq<Expression> otherInputs) {
      if (!call.equals(other) || inputs.size() != otherInputs.size()) {
        return false;
      }
      for (int i = 0; i < inputs.size(); i++) {
        if (!inputs.get(i).semanticEquals(otherInputs.apply(i))) {
          return false;
        }
      }
      return true;
    }

    boolean readsOnly(LogicalPlan plan) {
      return inputs.stream()
          .allMatch(each -> each.deterministic() && each.references().subsetOf(plan.outputSet()));
    }
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    LogicalPlan node = plan.mapChildren(this::apply);
    return node instanceof Infer infer ? share(infer) : node;
  }

  private static LogicalPlan share(Infer upper) {
    LogicalPlan child = upper.child();
    List<Seq<Expression>> inputs = new ArrayList<>();
    List<Attribute> results = new ArrayList<>();
    List<InferCall> calls = new ArrayList<>();
    for (int i = 0; i < upper.calls().size(); i++) {
      Seq<Expression> input = upper.inputs().apply(i);
      Attribute result = upper.results().apply(i);
      Wanted wanted = new Wanted(upper.calls().get(i), Nodes.list(input), result);
      Optional<LogicalPlan> placed = place(child, wanted, true);
      if (placed.isPresent()) {
        child = placed.get();
      } else {
        inputs.add(input);
        results.add(result);
        calls.add(upper.calls().get(i));
      }
    }
    if (calls.size() == upper.calls().size()) {
      return upper;
    }
    LogicalPlan rest =
        calls.isEmpty() ? child : new Infer(child, Nodes.seq(inputs), Nodes.seq(results), calls);
    return new Project(Nodes.named(upper.output()), rest);
  }

  /**
   * The plan with the call's result as a column, if a node in it has computed the same or can take
   * the call.
   *
   * @param sameRows whether the plan's rows are all those that the call is about
   */
  private static Optional<LogicalPlan> place(LogicalPlan plan, Wanted wanted, boolean sameRows) {
    if (plan instanceof Infer lower) {
      return in(lower, wanted, sameRows);
    } else if (plan instanceof Project project) {
      Aliases aliases = Aliases.of(project);
      List<Expression> inputs = wanted.inputs().stream().map(aliases::resolve).toList();
      return place(project.child(), new Wanted(wanted.call(), inputs, wanted.result()), sameRows)
          .map(
              child ->
                  new Project(
                      Nodes.append(project.projectList(), (NamedExpression) wanted.result()),
                      child));
    } else if (plan instanceof Filter
        || plan instanceof Sort
        || plan instanceof GlobalLimit
        || plan instanceof LocalLimit) {
      return place(plan.children().head(), wanted, false)
          .map(child -> plan.withNewChildren(Nodes.seq(List.of(child))));
    }
    return Optional.empty();
  }

  private static Optional<LogicalPlan> in(Infer lower, Wanted wanted, boolean sameRows) {
    for (int i = 0; i < lower.calls().size(); i++) {
      if (wanted.sameAs(lower.calls().get(i), lower.inputs().apply(i))) {
        Attribute result = wanted.result();
        Alias again =
            new Alias(
                (Expression) lower.results().apply(i),
                result.name(),
                result.exprId(),
                Nodes.seq(List.of()),
                Option.empty(),
                Nodes.seq(List.of()));
        return Optional.of(
            new Project(Nodes.append(Nodes.named(lower.output()), (NamedExpression) again), lower));
      }
    }
    if (!sameRows || !wanted.readsOnly(lower.child())) {
      return Optional.empty();
    }
    List<InferCall> calls = new ArrayList<>(lower.calls());
    calls.add(wanted.call());
    return Optional.of(
        new Infer(
            lower.child(),
            Nodes.append(lower.inputs(), Nodes.seq(wanted.inputs())),
            Nodes.append(lower.results(), wanted.result()),
            calls));
  }
}

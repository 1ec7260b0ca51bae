package io.promptmill.spark.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.math.BigInt;

/**
 * Brings rows together whose requests begin alike, and with them those whose requests are equal:
 * partitions are ranges of what the model reads, each in order. The node's inputs stand in the
 * order in which prompts are made of them, so this is the order of the prompts' beginnings.
 *
 * <p>Runs once, after the optimizer has moved filters and limits. Leaves rows as they are where the
 * query has put them in order or cut them to a number, and where they depend on other inferences or
 * on a stream's state, because Spark computes what it brings into ranges twice. Where the query
 * itself has distributed them they are only sorted.
 */
final class OrderRequests extends Rule<LogicalPlan> {
  /** Spark brings about 300 rows of each range to the driver to find the borders. */
  private static final int MOST_RANGES = 1000;

  private final SparkSession session;

  OrderRequests(SparkSession session) {
    this.session = session;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    LogicalPlan node = plan.mapChildren(this::apply);
    if (node instanceof Infer infer
        && infer.calls().stream().anyMatch(InferCall::byPrefix)
        && maybeOrdered(infer.child())) {
      Infer computed = withInputColumns(infer);
      List<Expression> keys = keys(computed);
      if (!keys.isEmpty()) {
        LogicalPlan ordered = computed.withNewChildInternal(ordered(computed, keys));
        return ExtractInferences.withOutputOf(infer, ordered);
      }
    }
    return node;
  }

  private static boolean maybeOrdered(LogicalPlan rows) {
    boolean several = rows.maxRows().isEmpty() || (Long) rows.maxRows().get() > 1;
    return several && !isArranged(rows) && !SortAfterInfer.computes(rows) && keepsNoState(rows);
  }

  private static boolean isArranged(LogicalPlan plan) {
    return plan instanceof Sort
        || plan instanceof GlobalLimit
        || plan instanceof LocalLimit
        || plan instanceof Offset
        || (isNarrow(plan) && isArranged(plan.children().head()));
  }

  private static boolean keepsNoState(LogicalPlan plan) {
    return !plan.isStreaming()
        || plan.children().isEmpty()
        || (isNarrow(plan) && keepsNoState(plan.children().head()));
  }

  private static boolean isDistributed(LogicalPlan plan) {
    return plan instanceof RepartitionOperation
        || plan instanceof RebalancePartitions
        || (isNarrow(plan) && isDistributed(plan.children().head()));
  }

  private static boolean isNarrow(LogicalPlan plan) {
    return plan instanceof Project
        || plan instanceof Filter
        || plan instanceof Generate
        || plan instanceof Sample
        || plan instanceof EventTimeWatermark;
  }

  /** Inputs that are computed become columns: what compares and asks would compute each anew. */
  private static Infer withInputColumns(Infer infer) {
    List<Alias> columns = new ArrayList<>();
    List<Seq<Expression>> inputs = new ArrayList<>();
    for (Seq<Expression> each : Nodes.list(infer.inputs())) {
      inputs.add(
          Nodes.seq(Nodes.list(each).stream().map(input -> column(input, columns)).toList()));
    }
    if (columns.isEmpty()) {
      return infer;
    }
    List<NamedExpression> list = new ArrayList<>(Nodes.list(Nodes.named(infer.child().output())));
    list.addAll(columns);
    LogicalPlan child = new Project(Nodes.seq(list), infer.child());
    return new Infer(child, Nodes.seq(inputs), infer.results(), infer.calls());
  }

  private static Expression column(Expression input, List<Alias> columns) {
    if (input instanceof Attribute || !isComparable(input)) {
      return input;
    }
    for (Alias known : columns) {
      if (known.child().semanticEquals(input)) {
        return (Expression) known.toAttribute();
      }
    }
    columns.add(Nodes.alias(input, "input"));
    return (Expression) columns.get(columns.size() - 1).toAttribute();
  }

  private LogicalPlan ordered(Infer infer, List<Expression> keys) {
    LogicalPlan rows = infer.child();
    if (!isDistributed(rows)) {
      List<Expression> borders = new ArrayList<>(keys);
      tie(infer).ifPresent(borders::add);
      Option<Object> count = Option.apply(partitions(rows));
      Seq<Expression> ranges = Nodes.seq(List.copyOf(Nodes.list(ascending(borders))));
      rows = new RepartitionByExpression(ranges, rows, count, Option.empty());
    }
    return new Sort(ascending(keys), false, rows, Option.empty());
  }

  /**
   * What tells rows apart that read the same and need not meet, lest they all go into one range:
   * rows that ask nothing, and all where equal requests are computed again. A hash, so that a task
   * that runs again sends each row where it went before.
   */
  private static Optional<Expression> tie(Infer infer) {
    List<Expression> columns =
        Nodes.list(infer.child().output()).stream()
            .filter(each -> RowOrdering.isOrderable(each.dataType()))
            .map(each -> (Expression) each)
            .toList();
    Expression hash = new XxHash64(Nodes.seq(columns));
    if (infer.calls().stream().anyMatch(each -> each.requests() != RequestRule.DISTINCT)) {
      return Optional.of(hash);
    }
    Expression asksNothing = null;
    for (Seq<Expression> inputs : Nodes.list(infer.inputs())) {
      Optional<Expression> isNull =
          Nodes.list(inputs).stream()
              .filter(Expression::nullable)
              .map(each -> (Expression) new IsNull(each))
              .reduce(Or::new);
      if (isNull.isEmpty()) {
        return Optional.empty();
      }
      asksNothing = asksNothing == null ? isNull.get() : new And(asksNothing, isNull.get());
    }
    return Optional.of(new If(asksNothing, hash, Literal.create(null, DataTypes.LongType)));
  }

  /**
   * As many as the rows want, as far as Spark knows their number before it has left out a table's
   * partitions; no more than borders can be found for, and work for every core in any case.
   * Adaptive execution leaves a given number: it would go by bytes, and rows are dear whatever
   * their bytes.
   */
  private int partitions(LogicalPlan rows) {
    Statistics statistics = rows.stats();
    long rowBytes =
        Nodes.list(rows.output()).stream().mapToLong(each -> each.dataType().defaultSize()).sum();
    BigInt count =
        statistics.rowCount().isDefined()
            ? statistics.rowCount().get()
            : statistics.sizeInBytes().$div(BigInt.apply(Math.max(1, rowBytes)));
    long known = count.isValidLong() ? count.toLong() : Long.MAX_VALUE;
    int most = Math.max(MOST_RANGES, SQLConf.get().numShufflePartitions());
    int parallelism = session.sparkContext().defaultParallelism();
    return Math.max(parallelism, Math.min(most, OrderByPrefix.partitions(known, 1)));
  }

  /** What the calls read, each once; nothing of what is the same for all rows. */
  private static List<Expression> keys(Infer infer) {
    List<Expression> keys = new ArrayList<>();
    for (Seq<Expression> inputs : Nodes.list(infer.inputs())) {
      for (Expression input : Nodes.list(inputs)) {
        if (isComparable(input) && keys.stream().noneMatch(input::semanticEquals)) {
          keys.add(input);
        }
      }
    }
    return keys;
  }

  private static Seq<SortOrder> ascending(List<Expression> keys) {
    return Nodes.seq(
        keys.stream()
            .map(
                key ->
                    new SortOrder(
                        key, Ascending$.MODULE$, NullsFirst$.MODULE$, Nodes.seq(List.of())))
            .toList());
  }

  private static boolean isComparable(Expression input) {
    return input.deterministic()
        && !input.references().isEmpty()
        && RowOrdering.isOrderable(input.dataType());
  }
}

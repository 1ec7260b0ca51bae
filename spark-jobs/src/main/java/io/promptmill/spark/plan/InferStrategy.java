package io.promptmill.spark.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Plans {@link Infer} as {@link InferExec}. */
public final class InferStrategy extends SparkStrategy {
  private static final long serialVersionUID = 1L;

  public static final InferStrategy INSTANCE = new InferStrategy();

  private InferStrategy() {}

  /** Adds the strategy to the session, once. */
  static void register(SparkSession session) {
    synchronized (session) {
      Seq<SparkStrategy> strategies = session.experimental().extraStrategies();
      if (!strategies.contains(INSTANCE)) {
        session
            .experimental()
            .extraStrategies_$eq(Nodes.append(strategies, (SparkStrategy) INSTANCE));
      }
    }
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (plan instanceof Infer infer) {
      SparkPlan child = planLater(infer.child());
      return Nodes.seq(
          List.of(new InferExec(child, infer.inputs(), infer.results(), infer.calls())));
    }
    return Nodes.seq(List.of());
  }
}

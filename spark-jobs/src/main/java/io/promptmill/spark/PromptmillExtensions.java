package io.promptmill.spark;

import io.promptmill.spark.executor.ModelUdfOpener;
import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.spark.function.AiFunctions;
import io.promptmill.spark.function.LowerAiFunctions;
import io.promptmill.spark.plan.InferRules;
import io.promptmill.spark.plan.InferStrategy;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The SQL functions; named in {@code spark.sql.extensions}. All that Promptmill puts into Spark's
 * sessions, in the order in which it runs:
 *
 * <ol>
 *   <li>analyzer: functions become calls; a check refuses those that cannot be planned
 *   <li>before the optimizer: calls become requests, requests become inference nodes
 *   <li>optimizer: the same for what correlated subqueries held; rows, columns and limits pass
 *       nodes; at its end rows below nodes are put in order
 *   <li>planner: inference nodes become operators, which read vectorized scans' columns
 * </ol>
 */
public final class PromptmillExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  private final UdfOpener opener;

  /** For Spark. */
  public PromptmillExtensions() {
    this(ModelUdfOpener.INSTANCE);
  }

  /**
   * @param opener how executors open models
   */
  public PromptmillExtensions(UdfOpener opener) {
    this.opener = opener;
  }

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    AiFunctions.inject(extensions, opener);
    extensions.injectCheckRule(
        session ->
            plan -> {
              if (plan.resolved()) { // else Spark says next what is not
                InferRules.EXTRACT.apply(LowerAiFunctions.INSTANCE.apply(plan));
              }
              return BoxedUnit.UNIT;
            });
    extensions.injectPlanNormalizationRule(session -> LowerAiFunctions.INSTANCE);
    extensions.injectPlanNormalizationRule(session -> InferRules.EXTRACT);
    InferRules.OPTIMIZE.forEach(rule -> extensions.injectOptimizerRule(session -> rule));
    extensions.injectPreCBORule(InferRules::order);
    extensions.injectPlannerStrategy(session -> InferStrategy.INSTANCE);
    extensions.injectColumnar(session -> InferRules.COLUMNS);
    return BoxedUnit.UNIT;
  }
}

package io.promptmill.spark.plan;

import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * One inference over a table; the driver makes it, executors run it.
 *
 * @param model which model
 * @param spec what to compute for every row
 * @param opener how an executor opens the two
 * @param batchRows requests of an Arrow batch at most, at least 1; long rows make smaller ones
 * @param batchesInFlight batches that a task computes at the same time, at least 1; a slow row then
 *     holds up its own batch and not the engine
 * @param failOnError whether the first failed row fails its task
 * @param alone whether an executor closes its other models first; for runs of several models one
 *     after another
 * @param requests which rows are asked about
 * @param byPrefix whether rows whose requests begin alike are brought together first
 * @param counts where the rows are counted, registered with the driver's SparkContext; null for the
 *     node's metrics alone
 */
public record InferCall(
    ModelSpec model,
    InferSpec spec,
    UdfOpener opener,
    int batchRows,
    int batchesInFlight,
    boolean failOnError,
    boolean alone,
    RequestRule requests,
    boolean byPrefix,
    RowCountsAccumulator counts)
    implements Serializable {

  /** Every row is a request, in the order of the table, as jobs want it. */
  public InferCall(
      ModelSpec model,
      InferSpec spec,
      UdfOpener opener,
      int batchRows,
      int batchesInFlight,
      boolean failOnError,
      boolean alone,
      RowCountsAccumulator counts) {
    this(
        model,
        spec,
        opener,
        batchRows,
        batchesInFlight,
        failOnError,
        alone,
        RequestRule.EVERY_ROW,
        false,
        counts);
  }

  /** The same about other rows. */
  public InferCall withRequests(RequestRule rule) {
    return new InferCall(
        model,
        spec,
        opener,
        batchRows,
        batchesInFlight,
        failOnError,
        alone,
        rule,
        byPrefix,
        counts);
  }

  Optional<RowCountsAccumulator> counter() {
    return Optional.ofNullable(counts);
  }

  /** Short, because it stands in query plans. */
  @Override
  public String toString() {
    String once = requests == RequestRule.DISTINCT ? ", equal requests once" : "";
    return kind() + " with " + model.uri() + once;
  }

  private String kind() {
    if (spec instanceof InferSpec.Embed embed) {
      return "embed by " + embed.pooling().name().toLowerCase(Locale.ROOT);
    }
    return spec instanceof InferSpec.CountTokens
        ? "count tokens"
        : spec.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}

package io.promptmill.spark.eval.run;

import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.spark.plan.RowCountsAccumulator;
import io.promptmill.udf.ModelSpec;
import java.util.OptionalInt;

/**
 * How the model is asked.
 *
 * @param model alone in its executors
 * @param revision of the model, as in results
 * @param seed of draws
 * @param partitions of a table, empty for as many as there are cores, more for large tables
 * @param batchRows rows of an Arrow batch at most
 * @param batchesInFlight that a task gives to the engine at the same time
 * @param opener where executors get their functions from
 * @param counts where rows are counted, registered with the driver's SparkContext
 */
public record RunSettings(
    ModelSpec model,
    String revision,
    long seed,
    OptionalInt partitions,
    int batchRows,
    int batchesInFlight,
    UdfOpener opener,
    RowCountsAccumulator counts) {}

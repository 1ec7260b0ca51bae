package io.promptmill.spark.job;

import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.spark.plan.InferCall;
import io.promptmill.spark.plan.Inference;
import io.promptmill.spark.plan.RequestRule;
import io.promptmill.spark.plan.RowCountsAccumulator;
import io.promptmill.udf.InferSpec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A job's way to its model: all its inferences have the same engine, limits and counts.
 *
 * @param counts where tokens and times are counted
 */
record InferCalls(PromptmillConf conf, UdfOpener opener, RowCountsAccumulator counts) {

  /** Adds the result column of {@code spec}; a null input is its row's error. */
  Dataset<Row> everyRow(Dataset<Row> rows, InferSpec spec) {
    return Inference.apply(rows, call(spec, RequestRule.EVERY_ROW));
  }

  /** Adds the result column of {@code spec}, null for rows with a null input, which ask nothing. */
  Dataset<Row> whereNotNull(Dataset<Row> rows, InferSpec spec) {
    return Inference.apply(rows, call(spec, RequestRule.NOT_NULL));
  }

  private InferCall call(InferSpec spec, RequestRule rule) {
    return new InferCall(
        Specs.model(conf),
        spec,
        opener,
        conf.get(PromptmillKeys.BATCH_ROWS),
        conf.get(PromptmillKeys.BATCHES_IN_FLIGHT),
        conf.get(PromptmillKeys.FAIL_ON_ERROR),
        false,
        rule,
        counts);
  }
}

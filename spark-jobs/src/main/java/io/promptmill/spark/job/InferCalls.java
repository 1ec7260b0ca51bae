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
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A job's way to its model: all its inferences have the same engine, limits and counts.
 *
 * @param counts where tokens and times are counted
 * @param failOnError whether the first failed row fails its task
 */
record InferCalls(
    PromptmillConf conf, UdfOpener opener, RowCountsAccumulator counts, boolean failOnError) {

  /** With errors as the options ask for. */
  InferCalls(PromptmillConf conf, UdfOpener opener, RowCountsAccumulator counts) {
    this(conf, opener, counts, conf.get(PromptmillKeys.FAIL_ON_ERROR));
  }

  /** The same for work that itself ends the job with a row's error, where that is asked for. */
  InferCalls withErrorsInRows() {
    return new InferCalls(conf, opener, counts, false);
  }

  /** Adds the result column of {@code spec}; a null input is its row's error. */
  Dataset<Row> everyRow(Dataset<Row> rows, InferSpec spec) {
    return Inference.apply(rows, call(spec, RequestRule.EVERY_ROW));
  }

  /** Adds the result column of {@code spec}, null for rows with a null input, which ask nothing. */
  Dataset<Row> whereNotNull(Dataset<Row> rows, InferSpec spec) {
    return Inference.apply(rows, call(spec, RequestRule.NOT_NULL));
  }

  /** As {@link #whereNotNull(Dataset, InferSpec)}, for several specs in one pass over the rows. */
  Dataset<Row> whereNotNull(Dataset<Row> rows, List<InferSpec> specs) {
    return Inference.apply(
        rows, specs.stream().map(spec -> call(spec, RequestRule.NOT_NULL)).toList());
  }

  private InferCall call(InferSpec spec, RequestRule rule) {
    return new InferCall(
            Specs.model(conf),
            spec,
            opener,
            conf.get(PromptmillKeys.BATCH_ROWS),
            conf.get(PromptmillKeys.BATCHES_IN_FLIGHT),
            failOnError,
            false,
            counts)
        .withRequests(rule);
  }
}

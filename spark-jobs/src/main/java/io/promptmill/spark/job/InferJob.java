package io.promptmill.spark.job;

import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.io.InputTable;
import io.promptmill.spark.io.OutputTable;
import io.promptmill.spark.io.RowSink;
import io.promptmill.spark.plan.OrderByPrefix;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * A job from table to table.
 *
 * @param name the subcommand
 * @param shown fields of the result that are printed
 */
record InferJob(String name, List<String> shown) {

  /** One inference for each row. */
  void run(JobContext context, InferSpec spec) throws IOException {
    InferSpecs.validate(spec);
    run(context, new TableWork.Single(spec));
  }

  void run(JobContext context, TableWork work) throws IOException {
    PromptmillConf conf = context.conf();
    JobFrame frame = new JobFrame(name, (schema, rows) -> ResultTable.print(schema, rows, shown));
    SparkSession spark = context.session().get();
    Configuration hadoop = spark.sessionState().newHadoopConf();
    JobFrame.checkModel(conf, hadoop);
    InputTable input = InputTable.open(spark, conf, JobFrame.limit(conf));
    Optional<RowSink> output = OutputTable.open(conf, input.rows(), hadoop);
    OptionalLong total = input.count();
    frame.run(context, rows(conf, work, input, total), total, work, output);
  }

  private static Dataset<Row> rows(
      PromptmillConf conf, TableWork work, InputTable input, OptionalLong total) {
    if (work.ordered().isEmpty() || !conf.get(PromptmillKeys.ORDER_BY_PREFIX)) {
      return input.rows();
    }
    int parallelism =
        ((SparkSession) input.rows().sparkSession()).sparkContext().defaultParallelism();
    int partitions =
        conf.find(PromptmillKeys.PARTITIONS)
            .orElseGet(() -> OrderByPrefix.partitions(total.orElse(0), parallelism));
    return OrderByPrefix.apply(input.unspread(), work.ordered().get(), partitions);
  }
}

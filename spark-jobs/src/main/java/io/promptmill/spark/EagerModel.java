package io.promptmill.spark;

import io.promptmill.engine.SamplingParams;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import io.promptmill.spark.executor.ExecutorModels;
import io.promptmill.spark.executor.ModelUdfOpener;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.PromptSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Opens the configured model when an executor starts, where {@code spark.promptmill.eager} asks.
 */
final class EagerModel {
  private EagerModel() {}

  /**
   * @throws io.promptmill.error.PromptmillException if the configuration or the checkpoint is
   *     invalid; Spark then gives the executor up
   */
  static void open(SparkConf spark, ExecutorModels models) {
    Map<String, String> settings =
        Arrays.stream(spark.getAll()).collect(Collectors.toMap(e -> e._1(), e -> e._2()));
    PromptmillConf conf = PromptmillConf.resolve(PromptmillKeys.ENGINE, Map.of(), settings);
    if (!conf.get(PromptmillKeys.EAGER)) {
      return;
    }
    // any function over the model will do: the model stays open for the others
    InferSpec any =
        new InferSpec.Generate(
            new PromptSpec(new PromptSource.Column("prompt"), false, null),
            SamplingParams.greedy(1),
            List.of());
    models
        .open(
            ModelUdfOpener.INSTANCE,
            Specs.model(conf),
            any,
            SparkHadoopUtil.get().newConfiguration(spark),
            false)
        .close();
  }
}

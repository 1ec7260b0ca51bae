package io.promptmill.spark.testing;

import io.promptmill.engine.SamplingParams;
import io.promptmill.spark.plan.InferCall;
import io.promptmill.spark.plan.RowCountsAccumulator;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.PromptSpec;
import java.util.List;

/** Inference calls on the fake. */
public final class Calls {
  private Calls() {}

  public static ModelSpec model() {
    return new ModelSpec("fake:model", "auto", List.of("cpu"), 1 << 20, 64, 8, 0, 1, true);
  }

  public static InferSpec.Generate generate(PromptSource source) {
    return new InferSpec.Generate(
        new PromptSpec(source, false, null), SamplingParams.greedy(4), List.of());
  }

  public static InferCall call(InferSpec spec) {
    return call(spec, 3, 2, false);
  }

  public static InferCall call(
      InferSpec spec, int batchRows, int batchesInFlight, boolean failOnError) {
    RowCountsAccumulator counts = new RowCountsAccumulator();
    ((org.apache.spark.sql.classic.SparkSession) LocalSpark.session())
        .sparkContext()
        .register(counts, "rows");
    return new InferCall(
        model(), spec, new FakeOpener(), batchRows, batchesInFlight, failOnError, false, counts);
  }
}

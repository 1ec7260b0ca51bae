package io.promptmill.spark.testing;

import io.promptmill.spark.executor.ModelUdfOpener;
import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.EngineStatus;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Models whose address begins with {@code fake:} are fakes, all others real. */
public record TestOpener() implements UdfOpener {
  private static UdfOpener of(ModelSpec model) {
    return model.uri().startsWith("fake:") ? new FakeOpener() : ModelUdfOpener.INSTANCE;
  }

  @Override
  public ArrowUdf open(ModelSpec model, InferSpec spec, Configuration hadoop) {
    return of(model).open(model, spec, hadoop);
  }

  @Override
  public Optional<EngineStatus> status(ModelSpec model) {
    return of(model).status(model);
  }

  @Override
  public void closeModel(ModelSpec model) {
    of(model).closeModel(model);
  }

  @Override
  public void closeModels() {
    ModelUdfOpener.INSTANCE.closeModels();
  }
}

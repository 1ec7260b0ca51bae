package io.promptmill.spark.executor;

import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.ArrowUdfs;
import io.promptmill.udf.EngineStatus;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import io.promptmill.udf.SharedEngines;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The functions of {@code model-udf}. */
public enum ModelUdfOpener implements UdfOpener {
  INSTANCE;

  @Override
  public ArrowUdf open(ModelSpec model, InferSpec spec, Configuration hadoop) {
    return ArrowUdfs.open(model, spec, hadoop);
  }

  @Override
  public Optional<EngineStatus> status(ModelSpec model) {
    return SharedEngines.metrics(model);
  }

  @Override
  public void closeModel(ModelSpec model) {
    SharedEngines.close(model);
  }

  @Override
  public void closeModels() {
    SharedEngines.closeAll();
  }
}

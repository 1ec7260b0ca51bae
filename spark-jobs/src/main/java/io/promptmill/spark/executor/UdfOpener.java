package io.promptmill.spark.executor;

import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.EngineStatus;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Opens Arrow functions in an executor. The driver sends it there, so it holds no model itself; all
 * equal openers of a JVM share the models they open.
 */
public interface UdfOpener extends Serializable {

  /**
   * @param model devices and cache size are this JVM's own
   * @return to be closed by the caller; the model stays open
   * @throws io.promptmill.error.PromptmillException if the checkpoint cannot be used
   */
  ArrowUdf open(ModelSpec model, InferSpec spec, Configuration hadoop);

  /** State of the model's engine in this JVM, if it is open. Cheap. */
  Optional<EngineStatus> status(ModelSpec model);

  /** Closes one model of this JVM if it is open; the next use opens it afresh. */
  void closeModel(ModelSpec model);

  /** Closes all models of this JVM. */
  void closeModels();
}

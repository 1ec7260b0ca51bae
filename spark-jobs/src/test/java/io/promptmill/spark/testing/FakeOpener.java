package io.promptmill.spark.testing;

import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.EngineStatus;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Opens {@link FakeUdf}s. */
public record FakeOpener() implements UdfOpener {
  /** Revision that all fakes report. */
  public static final String REVISION = FakeUdf.REVISION;

  /** A first column that begins so makes its row fail. */
  public static final String FAIL = FakeUdf.FAIL;

  /** A first column of this value makes its batch throw. */
  public static final String EXPLODE = FakeUdf.EXPLODE;

  /** A first column of this value makes its batch wait until it is interrupted. */
  public static final String HANG = FakeUdf.HANG;

  @Override
  public ArrowUdf open(ModelSpec model, InferSpec spec, Configuration hadoop) {
    return new FakeUdf(spec);
  }

  @Override
  public Optional<EngineStatus> status(ModelSpec model) {
    return Optional.empty();
  }

  @Override
  public void closeModel(ModelSpec model) {}

  @Override
  public void closeModels() {}
}

package io.promptmill.spark.eval.run;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.EngineStatus;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.ModelSpec;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.hadoop.conf.Configuration;

/** The fake model; counts its rows and, where a test asks, dies after some of them. */
record CountingOpener() implements UdfOpener {
  static final AtomicInteger ROWS = new AtomicInteger();
  static volatile int diesAfter = Integer.MAX_VALUE;

  static void reset() {
    ROWS.set(0);
    diesAfter = Integer.MAX_VALUE;
  }

  @Override
  public ArrowUdf open(ModelSpec model, InferSpec spec, Configuration hadoop) {
    return new Counting(new FakeOpener().open(model, spec, hadoop));
  }

  private record Counting(ArrowUdf udf) implements ArrowUdf {
    @Override
    public Schema outputSchema() {
      return udf.outputSchema();
    }

    @Override
    public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
      if (ROWS.get() + input.getRowCount() > diesAfter) {
        throw new PromptmillException(ErrorCode.ENGINE_CLOSED, "the executor died");
      }
      ROWS.addAndGet(input.getRowCount());
      return udf.apply(input, allocator);
    }

    @Override
    public void close() {
      udf.close();
    }
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

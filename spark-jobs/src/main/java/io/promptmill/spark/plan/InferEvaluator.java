package io.promptmill.spark.plan;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.executor.ExecutorModels;
import io.promptmill.spark.executor.LiveCounts;
import io.promptmill.spark.executor.ModelFacts;
import io.promptmill.udf.ArrowUdf;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/**
 * One task's inference: reads rows ahead, keeps batches in flight, gives rows with results back in
 * input order. The model opens with the first row; an empty partition opens none. Everything is
 * cancelled and released when the task ends, however it ends.
 */
final class InferEvaluator extends AbstractIterator<InternalRow> {
  /** A batch ends with the row that reaches it, so that long rows do not fill the heap. */
  private static final long BATCH_BYTES = 4L << 20;

  private final InferEvaluatorFactory plan;
  private final int partition;
  private final Iterator<InternalRow> input;
  private final TaskContext task = TaskContext.get();
  private final UnsafeProjection toInputs;
  private final UnsafeProjection toOutput;
  private final Schema inputSchema;
  private final JoinedRow joined = new JoinedRow();
  private final GenericInternalRow result = new GenericInternalRow(1);

  private ArrowUdf udf;
  private Set<ModelFacts> models;
  private BufferAllocator allocator;
  private BatchPipeline pipeline;
  private OutputBatch current;
  private int nextRow;
  private long rowsRead;

  InferEvaluator(InferEvaluatorFactory plan, int partition, Iterator<InternalRow> input) {
    this.plan = plan;
    this.partition = partition;
    this.input = input;
    this.toInputs = UnsafeProjection.create(plan.inputs(), plan.childOutput());
    var output = Nodes.append(plan.childOutput(), plan.result());
    this.toOutput = UnsafeProjection.create(Nodes.expressions(output), output);
    this.inputSchema = ArrowUtils.toArrowSchema(inputType(plan), plan.timeZone(), true, false);
  }

  private static StructType inputType(InferEvaluatorFactory plan) {
    StructField[] fields = new StructField[plan.inputNames().size()];
    for (int i = 0; i < fields.length; i++) {
      var expression = plan.inputs().apply(i);
      fields[i] =
          new StructField(
              plan.inputNames().get(i),
              expression.dataType(),
              expression.nullable(),
              Metadata.empty());
    }
    return new StructType(fields);
  }

  @Override
  public boolean hasNext() {
    while (current == null || nextRow >= current.rowCount()) {
      if (!advance()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("partition " + partition + " has no more rows");
    }
    int row = nextRow++;
    result.update(0, current.result(row));
    return toOutput.apply(joined.apply(current.row(row), result));
  }

  /** Moves on to the next batch of results; false at the end. */
  private boolean advance() {
    if (current != null) {
      current.close();
      current = null;
    }
    if (pipeline == null) {
      if (!input.hasNext()) {
        return false;
      }
      open();
    }
    while (!pipeline.isFull() && input.hasNext()) {
      pipeline.submit(readBatch());
    }
    if (pipeline.isEmpty()) {
      return false;
    }
    current = take();
    nextRow = 0;
    return true;
  }

  private void open() {
    InferCall call = plan.call();
    udf =
        ExecutorModels.get()
            .open(call.opener(), call.model(), call.spec(), plan.hadoop().value(), call.alone());
    models = ExecutorModels.get().facts(call.opener(), call.model());
    String name = "promptmill-" + task.taskAttemptId();
    allocator = ArrowUtils.rootAllocator().newChildAllocator(name, 0, Long.MAX_VALUE);
    pipeline = new BatchPipeline(udf, allocator, call.batchesInFlight(), name);
    task.addTaskCompletionListener(
        ended -> {
          close();
          return null;
        });
  }

  private InputBatch readBatch() {
    VectorSchemaRoot columns = VectorSchemaRoot.create(inputSchema, allocator);
    List<InternalRow> rows = new ArrayList<>();
    List<String> files = new ArrayList<>();
    try {
      ArrowWriter writer = ArrowWriter.create(columns);
      long bytes = 0;
      while (rows.size() < plan.call().batchRows() && bytes < BATCH_BYTES && input.hasNext()) {
        InternalRow row = input.next();
        UnsafeRow read = toInputs.apply(row);
        writer.write(read);
        InternalRow kept = row.copy(); // Spark reuses the row it hands out
        rows.add(kept);
        bytes += read.getSizeInBytes();
        bytes += kept instanceof UnsafeRow whole ? whole.getSizeInBytes() : 0;
        files.add(InputFileBlockHolder.getInputFilePath().toString());
      }
      writer.finish();
    } catch (Throwable e) {
      columns.close();
      throw e;
    }
    InputBatch batch = new InputBatch(rows, columns, rowsRead, files);
    rowsRead += rows.size();
    return batch;
  }

  private OutputBatch take() {
    long start = System.nanoTime();
    InputBatch oldest = pipeline.oldest();
    OutputBatch batch;
    try {
      batch = pipeline.take(task::killTaskIfInterrupted);
    } catch (ExecutionException e) {
      throw failed(oldest, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromptmillException(
          ErrorCode.ENGINE_CLOSED, "task interrupted while it waited for the model", e);
    }
    RowCounts counts = batch.counts(System.nanoTime() - start, models);
    plan.metrics().add(counts);
    plan.call().counts().add(counts);
    LiveCounts.get().add(counts.rows(), counts.failed());
    if (plan.call().failOnError()) {
      try {
        batch.failOnError(partition);
      } catch (PromptmillException e) {
        batch.close();
        throw e;
      }
    }
    return batch;
  }

  private PromptmillException failed(InputBatch batch, Throwable cause) {
    ErrorCode code =
        cause instanceof PromptmillException known ? known.code() : ErrorCode.ENGINE_FAILED;
    String message =
        "batch of "
            + batch.rows().size()
            + " rows from "
            + batch.place(partition, 0)
            + " failed: "
            + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
    return new PromptmillException(code, message, cause);
  }

  private void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    pipeline.close();
    udf.close();
    allocator.close(); // throws if a buffer was left behind
  }
}

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
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/**
 * One task's inference: reads rows ahead, keeps batches in flight, gives rows with results back in
 * input order. The models open with the first row; an empty partition opens none. Everything is
 * cancelled and released when the task ends, however it ends.
 */
final class InferEvaluator extends AbstractIterator<InternalRow> {
  private final InferEvaluatorFactory plan;
  private final int partition;
  private final BatchReader input;
  private final TaskContext task = TaskContext.get();
  private final UnsafeProjection toOutput;
  private final List<UnsafeProjection> copying = new ArrayList<>();
  private final JoinedRow joined = new JoinedRow();
  private final GenericInternalRow results;

  private final List<ArrowUdf> udfs = new ArrayList<>();
  private final List<Set<ModelFacts>> models = new ArrayList<>();
  private BufferAllocator allocator;
  private BatchPipeline pipeline;
  private InputBatch current;
  private int nextRow;
  private TokenRate rate;

  InferEvaluator(InferEvaluatorFactory plan, int partition, Iterator<InternalRow> rows) {
    this.plan = plan;
    this.partition = partition;
    List<RequestReader> calls = new ArrayList<>();
    for (int i = 0; i < plan.calls().size(); i++) {
      InferCall call = plan.calls().get(i);
      calls.add(
          new RequestReader(
              call, plan.inputs().apply(i), plan.childOutput(), plan.timeZone(), partition));
      copying.add(UnsafeProjection.create((StructType) plan.results().apply(i).dataType()));
    }
    this.input = new BatchReader(rows, plan.childOutput(), calls, plan.calls().get(0).batchRows());
    var output = Nodes.append(plan.childOutput(), plan.results());
    this.toOutput = UnsafeProjection.create(Nodes.expressions(output), output);
    this.results = new GenericInternalRow(calls.size());
  }

  @Override
  public boolean hasNext() {
    while (current == null || nextRow >= current.rows().size()) {
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
    Answer[] answers = current.answers().get(row);
    for (int i = 0; i < answers.length; i++) {
      results.update(i, answers[i].value());
    }
    return toOutput.apply(joined.apply(current.rows().get(row), results));
  }

  /** Moves on to the next batch of results; false at the end. */
  private boolean advance() {
    current = null;
    if (pipeline == null) {
      if (!input.hasNext()) {
        return false;
      }
      open();
    }
    while (!pipeline.isFull() && input.hasNext()) {
      pipeline.submit(input.next(allocator));
    }
    if (pipeline.isEmpty()) {
      return false;
    }
    current = take();
    nextRow = 0;
    return true;
  }

  private void open() {
    ExecutorModels executor = ExecutorModels.get();
    for (InferCall call : plan.calls()) {
      udfs.add(
          executor.open(
              call.opener(), call.model(), call.spec(), plan.hadoop().value(), call.alone()));
      models.add(executor.facts(call.opener(), call.model()));
    }
    String name = "promptmill-" + task.taskAttemptId();
    allocator = ArrowUtils.rootAllocator().newChildAllocator(name, 0, Long.MAX_VALUE);
    pipeline = new BatchPipeline(udfs, allocator, plan.calls().get(0).batchesInFlight(), name);
    rate = new TokenRate(plan.metrics());
    task.addTaskCompletionListener(
        ended -> {
          close();
          return null;
        });
  }

  private InputBatch take() {
    long start = System.nanoTime();
    InputBatch batch = pipeline.oldest();
    List<VectorSchemaRoot> outputs;
    try {
      outputs = pipeline.take(task::killTaskIfInterrupted);
    } catch (ExecutionException e) {
      throw failed(batch, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromptmillException(
          ErrorCode.ENGINE_CLOSED, "task interrupted while it waited for the model", e);
    }
    long waited = System.nanoTime() - start;
    try {
      for (int i = 0; i < outputs.size(); i++) {
        boolean first = i == 0; // rows and time are counted once, whatever the number of calls
        take(batch, i, outputs.get(i), first ? batch.rows().size() : 0, first ? waited : 0);
      }
    } finally {
      outputs.forEach(VectorSchemaRoot::close);
    }
    return batch;
  }

  private void take(InputBatch batch, int call, VectorSchemaRoot output, long rows, long waited) {
    RequestBatch requests = batch.requests().get(call);
    OutputBatch answers = new OutputBatch(requests, output);
    RowCounts counts = answers.counts(rows, waited, models.get(call));
    plan.metrics().add(counts, requests.size(), requests.reused());
    rate.add(counts);
    plan.calls().get(call).counter().ifPresent(total -> total.add(counts));
    LiveCounts.get().add(counts.rows(), counts.failed());
    if (plan.calls().get(call).failOnError()) {
      answers.failOnError(batch, partition);
    }
    answers.answer(copying.get(call));
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
    pipeline.close();
    rate.close();
    udfs.forEach(ArrowUdf::close);
    allocator.close(); // throws if a buffer was left behind
  }
}

package io.promptmill.spark.eval.run;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import scala.collection.immutable.Seq;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/** A Spark job whose partitions come back as they finish, not all together at its end. */
final class PartitionedRun {
  private static final long POLL_MILLIS = 100;

  /** Takes the answers of a partition that is done. */
  @FunctionalInterface
  interface Sink {
    void accept(List<KeyedAnswer> answers);
  }

  private PartitionedRun() {}

  /**
   * Runs to the end; an exception of a task or of the sink ends it.
   *
   * @param rows key and result column
   * @param sink called by this thread, once for each partition
   */
  static void run(RDD<Row> rows, Sink sink) {
    BlockingQueue<List<KeyedAnswer>> finished = new LinkedBlockingQueue<>();
    Seq<Object> partitions =
        CollectionConverters.asScala(
                IntStream.range(0, rows.getNumPartitions()).<Object>mapToObj(i -> i).toList())
            .toSeq();
    SimpleFutureAction<Object> job =
        rows.sparkContext()
            .submitJob(
                rows,
                new ReadAnswers(),
                partitions,
                (index, answers) -> {
                  finished.add(answers); // Spark's own thread: it must not wait for a file system
                  return BoxedUnit.UNIT;
                },
                () -> null);
    try {
      drain(job, finished, sink);
      Await.result(job, Duration.Inf());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromptmillException(
          ErrorCode.ENGINE_CLOSED, "interrupted while the model was asked", e);
    } catch (Exception e) {
      // what Await throws is declared only for Scala
      throw e instanceof RuntimeException unchecked
          ? unchecked
          : new PromptmillException(ErrorCode.ENGINE_FAILED, e.getMessage(), e);
    } finally {
      if (!job.isCompleted()) {
        job.cancel();
      }
    }
  }

  /** Until the job has ended, well or not, and all that finished is handed on. */
  private static void drain(
      SimpleFutureAction<Object> job, BlockingQueue<List<KeyedAnswer>> finished, Sink sink)
      throws InterruptedException {
    while (true) {
      boolean ended = job.isCompleted();
      List<KeyedAnswer> answers = finished.poll(ended ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (answers != null) {
        sink.accept(answers);
      } else if (ended) {
        return;
      }
    }
  }
}

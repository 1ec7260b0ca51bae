package io.promptmill.spark.example;

import io.promptmill.spark.PromptmillExtensions;
import io.promptmill.spark.PromptmillPlugin;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Classifies reviews that arrive as JSONL files in a folder, each exactly once, whatever is killed
 * in between.
 *
 * <pre>
 * spark-submit --class io.promptmill.spark.example.StreamingClassification promptmill.jar
 *     INPUT OUTPUT CHECKPOINT [--available-now]
 * </pre>
 *
 * <p>{@code CHECKPOINT} remembers which files belong to which micro-batch, and {@code
 * OUTPUT/_spark_metadata} which Parquet files a finished micro-batch wrote; a batch that was killed
 * is done again, and what it had written does not count for those who read {@code OUTPUT} through
 * Spark.
 */
public final class StreamingClassification {
  private static final String SCHEMA = "id BIGINT, review STRING";
  private static final String ANSWERS =
      """
      SELECT id, review,
             ai_classify(review, array('positive', 'negative', 'neutral')) AS sentiment
      FROM arriving
      """;

  /** A batch that was killed is done again: not too much work for that. */
  private static final int FILES_IN_A_BATCH = 4;

  /** No file is too old: Spark passes over those 7 days older than the newest, without a word. */
  private static final String MAX_FILE_AGE = "36500d";

  private StreamingClassification() {}

  /**
   * Runs until it is killed or, with {@code --available-now}, until all files are done that are
   * there at the start.
   */
  public static void main(String[] args) throws TimeoutException, StreamingQueryException {
    boolean ends = args.length == 4 && args[3].equals("--available-now");
    if (args.length != 3 && !ends) {
      throw new IllegalArgumentException(
          "expected INPUT OUTPUT CHECKPOINT [--available-now], found " + List.of(args));
    }
    SparkSession spark =
        SparkSession.builder()
            .appName("Streaming classification")
            .config("spark.plugins", PromptmillPlugin.class.getName())
            .config("spark.sql.extensions", PromptmillExtensions.class.getName())
            .getOrCreate();
    Trigger trigger = ends ? Trigger.AvailableNow() : Trigger.ProcessingTime("10 seconds");
    start(spark, args[0], args[1], args[2], trigger).awaitTermination();
  }

  private static StreamingQuery start(
      SparkSession spark, String input, String output, String checkpoint, Trigger trigger)
      throws TimeoutException {
    spark
        .readStream()
        .schema(SCHEMA)
        .option("maxFilesPerTrigger", FILES_IN_A_BATCH)
        .option("maxFileAge", MAX_FILE_AGE)
        .json(input)
        .createOrReplaceTempView("arriving");
    Dataset<Row> answers = spark.sql(ANSWERS);
    return answers
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", checkpoint)
        .trigger(trigger)
        .start(output);
  }
}

package io.promptmill.spark.example;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.PromptmillExtensions;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streaming example, as spark-submit runs it, killed in the middle of a micro-batch. */
class StreamingClassificationIT {
  private static final Path ARTIFACT = Path.of(System.getProperty("promptmill.artifact"));
  private static final Path SPARK_HOME = Path.of(System.getProperty("promptmill.spark.home"));
  private static final Path REVIEWS =
      Path.of(System.getProperty("promptmill.launcher"))
          .resolve("../../../model-udf/demo/data/reviews.csv")
          .normalize();
  private static final int ROWS_OF_A_FILE = 8;

  @TempDir Path temp;
  private SparkSession spark;

  private Path output() {
    return temp.resolve("output");
  }

  private Path checkpoint() {
    return temp.resolve("checkpoint");
  }

  @AfterEach
  void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void everyRowIsAnsweredExactlyOnceAcrossAKillAndARestart() throws Exception {
    arrive(0, 8);
    int killedBatch = killInTheMiddleOfABatch();
    long before = files(output(), ".parquet");
    arrive(8, 12);
    Files.setLastModifiedTime(
        input().resolve("reviews-08.jsonl"), FileTime.from(Instant.now().minus(30, DAYS)));

    Process restarted = start(List.of(), "--available-now");
    assertThat(restarted.waitFor(180, TimeUnit.SECONDS)).as(log()).isTrue();

    assertThat(restarted.exitValue()).as(log()).isZero();
    assertThat(checkpoint().resolve("commits/" + killedBatch)).exists();
    spark = session();
    List<Row> streamed = rows(spark.read().parquet(output().toString()));
    spark.read().schema("id BIGINT, review STRING").json(input().toString()).createTempView("r");
    List<Row> batch =
        rows(
            spark.sql(
                "SELECT id, review, ai_classify(review, array('positive', 'negative', 'neutral'))"
                    + " AS sentiment FROM r"));
    assertThat(streamed).hasSize(12 * ROWS_OF_A_FILE).isEqualTo(batch);
    assertThat(spark.read().parquet(output() + "/*.parquet").count())
        .as("rows of all files, also of the batch that was killed after %s", before)
        .isGreaterThan(12 * ROWS_OF_A_FILE);
  }

  /** Kills the program when a batch is committed, and one or more tasks of the next one are. */
  private int killInTheMiddleOfABatch() throws Exception {
    List<String> slow =
        List.of(
            "spark.sql.files.maxPartitionBytes=64k", // a task for each file
            "spark.promptmill.batchRows=1",
            "spark.promptmill.batchesInFlight=1");
    Process process = start(slow);
    while (process.isAlive()) {
      int committed = committed();
      boolean next = Files.exists(checkpoint().resolve("offsets/" + committed));
      if (committed > 0 && next && files(output(), ".parquet") >= 4 * committed + 2) {
        process.destroyForcibly().waitFor();
        assertThat(committed()).as("the batch was not done: " + log()).isEqualTo(committed);
        return committed;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    throw new AssertionError("ended by itself: " + log());
  }

  /** Batches that the sink's readers see. */
  private int committed() throws IOException {
    int batches = 0;
    while (Files.exists(output().resolve("_spark_metadata/" + batches))) {
      batches++;
    }
    return batches;
  }

  private Path input() {
    return temp.resolve("input");
  }

  /** Moves files into the folder, as an atomic step each. */
  private void arrive(int from, int to) throws IOException {
    Files.createDirectories(input());
    List<String> reviews =
        Files.readAllLines(REVIEWS).stream()
            .skip(1)
            .map(line -> line.replaceFirst("^\\d+,[a-z]+,", "").replaceFirst(",[^,]*$", ""))
            .map(review -> review.replace("\"", ""))
            .toList();
    for (int file = from; file < to; file++) {
      List<String> lines = new ArrayList<>();
      for (int id = file * ROWS_OF_A_FILE; id < (file + 1) * ROWS_OF_A_FILE; id++) {
        lines.add("{\"id\": %d, \"review\": \"%s\"}".formatted(id, reviews.get(id)));
      }
      Path whole = Files.write(temp.resolve("arriving.jsonl"), lines);
      Files.move(whole, input().resolve("reviews-%02d.jsonl".formatted(file)));
    }
  }

  /**
   * @param conf Spark's, {@code key=value}
   * @param options of the program
   */
  private Process start(List<String> conf, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(
                each ->
                    !each.startsWith("-D") || each.startsWith("-Djdk") || each.startsWith("-Dio"))
            .toList());
    command.addAll(
        List.of(
            "-cp",
            SPARK_HOME.resolve("jars") + File.separator + "*",
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local[1]",
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.driver.host=localhost",
            "--conf",
            "spark.promptmill.model=demo"));
    for (String each : conf) {
      command.addAll(List.of("--conf", each));
    }
    command.addAll(
        List.of(
            "--class",
            StreamingClassification.class.getName(),
            ARTIFACT.toString(),
            input().toString(),
            output().toString(),
            checkpoint().toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .directory(temp.toFile())
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("log.txt").toFile())
        .start();
  }

  private String log() throws IOException {
    return Files.readString(temp.resolve("log.txt"));
  }

  private static long files(Path folder, String suffix) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.sql.extensions", PromptmillExtensions.class.getName())
        .config("spark.promptmill.model", "demo")
        .getOrCreate();
  }

  private static List<Row> rows(Dataset<Row> table) {
    return table.orderBy("id").collectAsList();
  }
}

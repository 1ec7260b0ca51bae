package io.promptmill.spark.batch;

import io.promptmill.spark.io.Location;
import io.promptmill.spark.io.OutputFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A Spark application, for a JVM of its own: a context that tries tasks again cannot be one that
 * other tests share. Writes lines 0 to 39 in four partitions, every third of them an error; the
 * first two attempts of each partition fail when all but its last line are written.
 */
final class RetriedWrites {
  static final int LINES = 40;
  private static final int PARTITIONS = 4;
  private static final int FAILURES = 2;

  private RetriedWrites() {}

  /**
   * @param args folder for the two outputs {@code parts} and {@code single}
   */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2,%d]".formatted(FAILURES + 1))
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .getOrCreate()) {
      for (String name : new String[] {"parts", "single"}) {
        Path folder = Path.of(args[0]).resolve(name);
        Configuration hadoop = new Configuration();
        OutputFolder output =
            new OutputFolder(Location.of("--output", folder.toString(), hadoop), false);
        new BatchOutput(output, name.equals("single"), hadoop)
            .write(lines(spark, folder.toString()));
      }
    }
  }

  static String kind(long line) {
    return line % 3 == 0 ? ResultLines.ERRORS : ResultLines.OUTPUT;
  }

  private static Dataset<Row> lines(SparkSession spark, String folder) {
    StructType result =
        new StructType()
            .add(ResultLines.KIND, DataTypes.StringType)
            .add(ResultLines.LINE, DataTypes.StringType);
    MapFunction<Long, Row> line =
        id -> {
          TaskContext task = TaskContext.get();
          boolean last = (id + 1) % (LINES / PARTITIONS) == 0;
          if (last && task.attemptNumber() < FAILURES) {
            log(Path.of(folder), task);
            throw new IllegalStateException("fails as asked");
          }
          return RowFactory.create(RowFactory.create(kind(id), Long.toString(id)));
        };
    return spark
        .range(0, LINES, 1, PARTITIONS)
        .map(line, Encoders.row(new StructType().add(ResultLines.RESULT, result)));
  }

  /** Says which files the attempt has written to so far. */
  private static void log(Path folder, TaskContext task) throws IOException {
    String part = "part-%05d.jsonl".formatted(task.partitionId());
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> attempts =
        Files.newDirectoryStream(folder.resolve("_temporary/0/_temporary"))) {
      for (Path attempt : attempts) {
        for (String kind : List.of(ResultLines.ERRORS, ResultLines.OUTPUT)) {
          if (Files.exists(attempt.resolve(kind).resolve(part))) {
            files.add(kind);
          }
        }
      }
    }
    Files.writeString(
        failures(folder),
        "%d/%d: %s%n".formatted(task.partitionId(), task.attemptNumber(), files),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Where {@code partition/attempt: kinds written to} stands for each failure. */
  static Path failures(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".failures");
  }
}

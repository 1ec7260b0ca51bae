package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.io.OutputTable;
import io.promptmill.spark.io.RowSink;
import io.promptmill.spark.report.Quality;
import io.promptmill.spark.testing.FakeOpener;
import io.promptmill.spark.testing.LocalSpark;
import io.promptmill.udf.InferSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFrameTest {
  @TempDir Path temp;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private record Work(Function<Dataset<Row>, Quality> measure) implements TableWork {
    @Override
    public Dataset<Row> apply(Dataset<Row> rows, InferCalls calls) {
      return rows.selectExpr(
          "*", "named_struct('error', CAST(NULL AS STRUCT<category: STRING>)) AS result");
    }

    @Override
    public Optional<InferSpec> ordered() {
      return Optional.empty();
    }

    @Override
    public boolean oneRequestPerRow() {
      return true;
    }

    @Override
    public Optional<Quality> quality(Dataset<Row> results) {
      return Optional.of(measure.apply(results));
    }
  }

  private void run(long expectedRows, Function<Dataset<Row>, Quality> measure) throws IOException {
    SparkSession spark = (SparkSession) LocalSpark.session();
    PromptmillConf conf =
        PromptmillConf.resolve(
            PromptmillKeys.CLASSIFY,
            Map.of("--output", List.of(temp.resolve("out").toString())),
            Map.of());
    Dataset<Row> rows = spark.range(3).toDF();
    Optional<RowSink> output = OutputTable.open(conf, rows, new Configuration());
    JobContext context =
        new JobContext(
            conf,
            () -> spark,
            new FakeOpener(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    new JobFrame("classify", (schema, printed) -> "")
        .run(context, rows, OptionalLong.of(expectedRows), new Work(measure), output);
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(temp.resolve("out/_promptmill/report.json").toFile());
  }

  @Test
  void reportsTheRowsThatAreWrittenThoughTheirQualityCannotBeMeasured() throws IOException {
    assertThatThrownBy(
            () ->
                run(
                    3,
                    results -> {
                      throw new PromptmillException(ErrorCode.OPTION_INVALID, "no such column");
                    }))
        .isInstanceOf(PromptmillException.class)
        .hasMessageStartingWith("all rows and a report are in file:")
        .hasMessageEndingWith("/out, but their quality could not be measured: no such column")
        .extracting(failure -> ((PromptmillException) failure).code())
        .as("the command line was right")
        .isEqualTo(ErrorCode.ENGINE_FAILED);

    assertThat(report().get("rowsWritten").asLong()).isEqualTo(3);
    assertThat(report().has("quality")).isFalse();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("3 rows in", "written to");
  }

  @Test
  void addsQualityToTheReportOnceItIsMeasured() throws IOException {
    run(3, results -> new Quality(List.of("right: 3"), Map.of("right", results.count())));

    assertThat(report().get("rowsWritten").asLong()).isEqualTo(3);
    assertThat(report().get("quality").get("right").asLong()).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("right: 3");
  }

  @Test
  void saysThatRowsWereLostAndLeavesTheReport() throws IOException {
    assertThatThrownBy(() -> run(4, results -> new Quality(List.of(), Map.of())))
        .hasMessage("rows were lost: read 4, wrote 3");

    assertThat(report().get("rowsWritten").asLong()).isEqualTo(3);
  }
}

package io.promptmill.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFilesTest {
  private static final int LINES = 50;

  @TempDir Path temp;

  @Test
  void linesHaveTheirNumbersHoweverFilesAreSplit() throws IOException {
    for (String file : List.of("a.jsonl", "b.jsonl")) {
      StringBuilder lines = new StringBuilder();
      for (int i = 1; i <= LINES; i++) {
        lines.append(i % 7 == 0 ? "\n" : line(file + ":" + i));
      }
      Files.writeString(temp.resolve(file), lines);
    }
    Files.writeString(temp.resolve("_ignored"), "no line of these");
    PromptmillConf conf = conf(Map.of());

    BatchFiles files = BatchFiles.open(smallBlocks(), conf, new Configuration());
    BatchSurvey survey = files.survey(conf);

    assertThat(files.raw().rdd().getNumPartitions()).isGreaterThan(5);
    assertThat(survey.total()).isEqualTo(2 * (LINES - LINES / 7));
    assertThat(survey.generates()).isTrue();
    assertThat(survey.embeds()).isFalse();
    assertThat(survey.oneEach()).isTrue();
    List<Row> rows = files.requests(survey, conf, OptionalInt.empty()).collectAsList();
    assertThat(rows).hasSize((int) survey.total());
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(LineRows.line(row).place())
                    .endsWith("/" + row.<String>getAs("custom_id")));
  }

  @Test
  void linesOfARepeatedIdAreRefusedWhereTheyStandWhateverTheLimit() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= LINES; i++) {
      lines.append(line(i == 45 ? "id 3" : "id " + i));
    }
    Files.writeString(temp.resolve("a.jsonl"), lines);
    PromptmillConf conf = conf(Map.of());
    SparkSession spark = smallBlocks();
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    BatchFiles files = BatchFiles.open(spark, conf, new Configuration());
    BatchSurvey survey = files.survey(conf);

    for (OptionalInt limit : List.of(OptionalInt.of(10), OptionalInt.empty())) {
      List<BatchLine> taken =
          files.requests(survey, conf, limit).collectAsList().stream().map(LineRows::line).toList();
      assertThat(taken)
          .extracting(BatchLine::number)
          .isEqualTo(LongStream.rangeClosed(1, limit.orElse(LINES)).boxed().toList());
      assertThat(taken.get(2).refusal().message())
          .contains("a.jsonl:3: custom_id: expected one of its own, found that of", "a.jsonl:45");
      assertThat(taken.stream().filter(line -> line.refusal() != null))
          .hasSize(limit.isPresent() ? 1 : 2);
    }
  }

  @Test
  void repeatedIdsAreCountedWithoutASort() {
    Dataset<Row> ids =
        LocalSpark.session()
            .createDataFrame(List.of(RowFactory.create("a", 1L, "id")), RepeatedIds.PLACED_ID);

    String plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) RepeatedIds.repeatedHashes(ids))
            .queryExecution()
            .executedPlan()
            .toString();

    assertThat(plan).contains("HashAggregate(keys=[hash#").doesNotContain("Sort");
  }

  @Test
  void onlyFilesThatAreReadCountAsTooLarge() throws IOException {
    Files.writeString(temp.resolve("a.jsonl"), line("a"));
    Files.writeString(temp.resolve("_large"), "x".repeat(1000));
    Files.writeString(
        Files.createDirectory(temp.resolve(".hidden")).resolve("large"), "x".repeat(1000));
    PromptmillConf enough = conf(Map.of("--max-bytes", List.of("500")));
    PromptmillConf tooLittle = conf(Map.of("--max-bytes", List.of("10")));
    SparkSession spark = smallBlocks();

    BatchFiles.open(spark, enough, new Configuration());
    assertThatThrownBy(() -> BatchFiles.open(spark, tooLittle, new Configuration()))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining("--max-bytes: expected files of at most 10 bytes, found")
        .hasMessageContaining("a.jsonl");
  }

  /** Files are read in blocks of a few lines. */
  private static SparkSession smallBlocks() {
    SparkSession spark = (SparkSession) LocalSpark.session().newSession();
    spark.conf().set("spark.sql.files.maxPartitionBytes", "1000");
    spark.conf().set("spark.sql.files.openCostInBytes", "0");
    return spark;
  }

  private PromptmillConf conf(Map<String, List<String>> options) {
    Map<String, List<String>> all = new HashMap<>(options);
    all.put("--input", List.of(temp.toString()));
    return PromptmillConf.resolve(PromptmillKeys.RUN_BATCH, all, Map.of());
  }

  private static String line(String id) {
    return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/completions\",\"body\":{\"prompt\":\"x\"}}\n"
        .formatted(id);
  }
}

package io.promptmill.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.testing.Calls;
import io.promptmill.spark.testing.LocalSpark;
import io.promptmill.udf.PromptSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowPartsTest {
  private static final StructType WORD = new StructType().add("word", DataTypes.StringType);
  private static final StructField ANSWER =
      new StructField("answer", DataTypes.StringType, true, Metadata.empty());

  private final SparkSession spark = LocalSpark.session();

  private Dataset<Row> documents(int rows) {
    return spark.range(0, rows, 1, 3).selectExpr("id", "repeat('w ', int(id) % 7) AS text");
  }

  private static Dataset<Row> words(Dataset<Row> documents) {
    return RowParts.split(
        documents,
        WORD,
        row -> {
          List<Row> words = new ArrayList<>();
          for (String word : row.<String>getAs("text").split(" ")) {
            if (!word.isEmpty()) {
              words.add(RowFactory.create(word + row.getLong(0) + "." + words.size()));
            }
          }
          return words;
        });
  }

  private static Dataset<Row> joined(Dataset<Row> parts) {
    return RowParts.join(
        parts,
        ANSWER,
        (row, answers) -> {
          List<String> texts = new ArrayList<>();
          answers.forEach(part -> texts.add(part.<Row>getAs("response").getAs("text")));
          return texts.isEmpty() ? null : String.join("|", texts);
        });
  }

  @Test
  void everyRowComesBackWithTheAnswersToItsOwnPartsInOrder() {
    InferCall call =
        Calls.call(Calls.generate(new PromptSource.Column("word")))
            .withRequests(RequestRule.NOT_NULL);

    List<Row> rows = joined(Inference.apply(words(documents(40)), call)).collectAsList();

    assertThat(rows).extracting(row -> row.getLong(0)).hasSize(40).isSorted();
    assertThat(rows.get(9).schema().fieldNames()).containsExactly("id", "text", "answer");
    assertThat(rows.get(9).getString(2)).isEqualTo("echo: w9.0|echo: w9.1");
    assertThat(rows.get(7).getString(2)).isNull();
  }

  @Test
  void aLongRowIsNotRepeatedForItsParts() {
    List<Row> parts = words(documents(7)).collectAsList();

    assertThat(parts).hasSize(1 + 1 + 2 + 3 + 4 + 5 + 6);
    assertThat(parts).filteredOn(part -> part.getAs("_promptmill_row") != null).hasSize(7);
  }

  @Test
  void aRowThatEndsTheJobIsNamedByItsOwnPlaceAndNotByThatOfItsParts() {
    StructField result =
        new StructField(
            "result", new StructType().add("error", RowError.TYPE), false, Metadata.empty());
    Dataset<Row> joined =
        RowParts.join(
            words(documents(7).coalesce(1)),
            result,
            (row, parts) ->
                RowFactory.create(
                    row.getLong(0) < 5 ? null : RowFactory.create("PROMPT_INVALID", "bad words")),
            true);

    assertThatThrownBy(joined::collectAsList)
        .rootCause()
        .isInstanceOf(PromptmillException.class)
        .hasMessage("PROMPT_INVALID: row 5 of partition 0: bad words");
  }

  @Test
  void refusesAColumnOfTheNameThatItNeeds() {
    StructType taken = new StructType().add("_PromptMill_row", DataTypes.StringType);

    assertThatThrownBy(() -> RowParts.split(documents(1), taken, row -> List.of()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("expected no column '_PromptMill_row' in the prompt");
  }

  @Test
  void partsThatWereShuffledAreAnErrorAndNotAWrongAnswer() {
    Dataset<Row> shuffled =
        words(documents(7))
            .orderBy(functions.col("word").desc())
            .selectExpr("*", "struct(word AS text) AS response");

    assertThatThrownBy(() -> joined(shuffled).collectAsList())
        .hasStackTraceContaining("not neighbours any more");
  }
}

package io.promptmill.spark.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.testing.SqlFile;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The functions on a real model; its weights are random, so what it says means nothing. */
class EmbeddedModelTest {
  private final SparkSession spark = SqlFile.session();

  @BeforeEach
  void model() {
    spark.conf().set("spark.promptmill.model", "classpath:promptmill/models/tiny-random");
    spark.conf().set("spark.promptmill.cacheBytes", "32m");
    spark.conf().set("spark.promptmill.maxTokens", "40");
    rows(60, 2);
  }

  private void rows(int count, int partitions) {
    spark
        .range(0, count, 1, partitions)
        .selectExpr("id", "concat('Text number ', id % 20) AS q")
        .createOrReplaceTempView("r");
  }

  private List<Row> run(String sql) {
    return spark.sql(sql).collectAsList();
  }

  @Test
  void classifyAnswersALabelAndProbabilitiesOfAll() {
    List<Row> rows =
        run(
            "SELECT c.label, c.probabilities['a'] + c.probabilities['two words'] +"
                + " c.probabilities['第三'], c.probabilities[c.label] FROM (SELECT ai_classify(q,"
                + " array('a', 'two words', '第三'), probabilities => true) AS c FROM r)");

    assertThat(rows)
        .hasSize(60)
        .allSatisfy(
            row -> {
              assertThat(row.getString(0)).isIn("a", "two words", "第三");
              assertThat(row.getDouble(1)).isEqualTo(1, within(1e-9));
              assertThat(row.getDouble(2)).isGreaterThan(1 / 3.0 - 1e-9);
            });
  }

  @Test
  void answersAreHeldToTheirTypeAtAnyTemperature() throws Exception {
    spark.conf().set("spark.promptmill.temperature", "1.5");
    ObjectMapper json = new ObjectMapper();

    List<Row> rows =
        run(
            "SELECT ai_extract(q, array('name', 'city')) AS e, ai_query(NULL, q, responseFormat =>"
                + " 'STRUCT<n INT, ok BOOLEAN, tags ARRAY<STRING>>') AS text FROM r");

    for (Row row : rows) {
      assertThat(row.<Row>getAs("e")).isNotNull();
      JsonNode answer = json.readTree(row.<String>getAs("text"));
      assertThat(answer.fieldNames()).toIterable().containsExactly("n", "ok", "tags");
      assertThat(answer.get("n").isNull() || answer.get("n").canConvertToInt()).isTrue();
    }
  }

  @Test
  void theSameRequestHasTheSameAnswerWhateverItsPlace() {
    spark.conf().set("spark.promptmill.temperature", "0.9");
    String sql = "SELECT id, ai_gen(q) FROM r ORDER BY id";
    List<Row> answers = run(sql);

    rows(60, 7);
    assertThat(run(sql)).isEqualTo(answers);
    spark.conf().set("spark.promptmill.deduplicate", "false");
    assertThat(run(sql)).isEqualTo(answers);
  }

  @Test
  void textsAreEmbeddedComparedAndCounted() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT size(ai_embed(q)), ai_similarity(q, q), ai_similarity(q, 'else'),"
                + " ai_count_tokens(q), ai_score(q, array('a', 'b'))[0].loglikelihood FROM r");

    assertThat(rows.collectAsList())
        .allSatisfy(
            row -> {
              assertThat(row.getInt(0)).isGreaterThan(8);
              assertThat(row.getFloat(1)).isEqualTo(1f, within(1e-6f));
              assertThat(row.getFloat(2)).isBetween(-1f, 0.9999f);
              assertThat(row.getInt(3)).isPositive();
              assertThat(row.getDouble(4)).isNegative();
            });
  }
}

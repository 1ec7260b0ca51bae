package io.promptmill.spark.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusMetricsTest {

  static Stream<JsonNode> cases() throws IOException {
    return ScoringFixtures.lines("corpora.jsonl");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bleuAndChrfAreSacreBleus(JsonNode given) {
    List<SampleValue> values = new ArrayList<>();
    for (JsonNode pair : given.get("pairs")) {
      values.add(new SampleValue.Texts(pair.get(1).textValue(), pair.get(0).textValue()));
    }
    Arguments arguments = new Arguments("metric", ScoringFixtures.map(given.get("arguments")));
    Aggregation aggregation =
        Aggregations.BY_NAME.get(given.get("metric").textValue()).constructor().apply(arguments);
    double expected = given.get("score").doubleValue();
    assertThat(aggregation.over(values).score()).isCloseTo(expected, within(1e-12 * expected));
  }
}

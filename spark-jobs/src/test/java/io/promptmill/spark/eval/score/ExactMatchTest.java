package io.promptmill.spark.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactMatchTest {

  static Stream<JsonNode> cases() throws IOException {
    return ScoringFixtures.lines("exact_matches.jsonl");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void comparesWhatTheOptionsLeaveAsTheHarnessDoes(JsonNode given) {
    Metric metric =
        new ExactMatch(new Arguments("metric", ScoringFixtures.map(given.get("arguments"))));
    assertThat(
            metric.of(
                item(given.get("reference").textValue()),
                List.of(given.get("prediction").textValue())))
        .isEqualTo(new SampleValue.Figure(given.get("score").doubleValue()));
  }

  @Test
  void anAnswerThatAMappingLeftOutIsWrong() {
    Metric metric = new ExactMatch(new Arguments("metric", Map.of()));
    assertThat(metric.of(item("None"), Collections.singletonList(null)))
        .isEqualTo(new SampleValue.Figure(0));
  }

  private static EvaluationItem item(String target) {
    ModelCall call = new ModelCall.GenerateUntil(new PromptText.Plain("?"), Map.of(), 1);
    return new EvaluationItem("task", 0, new Document(Map.of()), target, List.of(), call);
  }
}

package io.promptmill.spark.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.task.FilterPipeline;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FiltersTest {

  static Stream<JsonNode> cases() throws IOException {
    return ScoringFixtures.lines("filters.jsonl");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pipelinesGiveWhatTheHarnessGives(JsonNode given) {
    Pipeline pipeline = new Pipeline(ScoringFixtures.pipeline("x", given.get("steps")));
    Document document = new Document(ScoringFixtures.map(given.get("doc")));
    List<?> responses = (List<?>) ScoringFixtures.value(given.get("resps"));
    assertThat(pipeline.apply(responses, document))
        .isEqualTo(ScoringFixtures.value(given.get("filtered")));
  }

  @Test
  void aMatchThatIsNotThereIsTheFallbackWhereTheHarnessWouldStop() {
    assertThat(filtered("regex", Map.of("regex_pattern", "b", "group_select", 2), "b b"))
        .isEqualTo(List.of("[invalid]"));
  }

  private static Object filtered(String name, Map<String, Object> arguments, String response) {
    FilterPipeline.Step step = new FilterPipeline.Step(name, arguments);
    return Filters.of(step).apply(List.of(response), new Document(Map.of()));
  }
}

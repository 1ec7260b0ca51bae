package io.promptmill.spark.eval.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.PromptText.Turn;
import io.promptmill.spark.eval.score.SampleScore;
import io.promptmill.spark.io.Sha256;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleLineTest {
  private static final PromptText CONVERSATION =
      new PromptText.Conversation(
          List.of(new Turn("system", "Be \"brief\"."), new Turn("user", "磨坊？")));

  @Test
  void aFailedItemHasItsErrorAndNeitherAnswersNorMetrics() throws IOException {
    JsonNode line =
        line(new ModelAnswer.Failed("PROMPT_TOO_LONG", "2100 tokens"), List.of(), List.of());
    assertThat(line.at("/promptmill/error").toString())
        .isEqualTo("{\"category\":\"PROMPT_TOO_LONG\",\"message\":\"2100 tokens\"}");
    assertThat(line.get("resps")).isEmpty();
    assertThat(line.get("filtered_resps")).isEmpty();
    assertThat(line.get("metrics")).isEmpty();
  }

  @Test
  void tokensAreThoseOfTheItemAndAnAnswerHasNoError() throws IOException {
    JsonNode line = line(new ModelAnswer.Texts(List.of("a")), List.of(List.of("a")), List.of("a"));
    assertThat(line.get("promptmill").toString())
        .isEqualTo(
            "{\"prompt_tokens\":1,\"cached_tokens\":2,\"asked_tokens\":3,"
                + "\"truncated_tokens\":4,\"completion_tokens\":5}");
  }

  @Test
  void aConversationIsLoggedAndHashedAsJsonOfItsTurns() throws IOException {
    JsonNode line = line(new ModelAnswer.Texts(List.of("a")), List.of(List.of("a")), List.of("a"));
    String turns =
        "[{\"role\": \"system\", \"content\": \"Be \\\"brief\\\".\"},"
            + " {\"role\": \"user\", \"content\": \"磨坊？\"}]";
    assertThat(line.at("/arguments/gen_args_0/arg_0").textValue()).isEqualTo(turns);
    assertThat(line.get("prompt_hash").textValue()).isEqualTo(Sha256.of(turns));
  }

  @Test
  void aValueThatIsNoTextIsLoggedAsPythonsText() throws IOException {
    JsonNode line =
        line(
            new ModelAnswer.Texts(List.of("a")),
            List.of(List.of("a")),
            Collections.singletonList(null));
    assertThat(line.get("filtered_resps").toString()).isEqualTo("[\"None\"]");
  }

  private static JsonNode line(
      ModelAnswer answer, List<List<Object>> responses, List<Object> filtered) throws IOException {
    EvaluationItem item =
        new EvaluationItem(
            "task",
            0,
            new Document(Map.of("q", "?")),
            "a",
            List.of(),
            new ModelCall.GenerateUntil(CONVERSATION, Map.of("do_sample", false), 1));
    ItemOutcome outcome = new ItemOutcome(item, answer, new ItemOutcome.TokenUse(1, 2, 3, 4, 5));
    SampleScore sample = new SampleScore(outcome, "none", responses, filtered, Map.of());
    return HarnessRun.JSON.readTree(new SampleLine(sample).json());
  }
}

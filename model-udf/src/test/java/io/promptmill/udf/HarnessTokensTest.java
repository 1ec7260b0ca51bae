package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.engine.Request;
import io.promptmill.text.Tokenizer;
import io.promptmill.text.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Token ids of the first two documents of every task against samples that lm-evaluation-harness
 * wrote with DeepSeek's tokenizer. They lie outside the repository, in the folder that the property
 * {@code promptmill.shared} names; without it the test is skipped.
 */
class HarnessTokensTest {

  private static final Path SHARED = Path.of(System.getProperty("promptmill.shared", "shared"));
  private static final Path SAMPLES = SHARED.resolve("goldens/lm-eval/samples.jsonl");
  private static final Path TOKENIZER = SHARED.resolve("data/tokenizers/deepseek-v2");

  @Test
  void contextsAndContinuationsAreThoseOfTheHarness() throws IOException {
    assumeTrue(Files.exists(SAMPLES), "no " + SAMPLES);
    Tokenizer tokenizer =
        TokenizerJson.parse(
            Files.readString(TOKENIZER.resolve("tokenizer.json")),
            Optional.of(Files.readString(TOKENIZER.resolve("tokenizer_config.json"))),
            "deepseek-v2");
    PromptEncoder prompts = new PromptEncoder(tokenizer);
    ScoreEncoder scores = new ScoreEncoder(tokenizer, false);
    ObjectMapper json = new ObjectMapper();
    int scored = 0;
    for (String line : Files.readAllLines(SAMPLES)) {
      JsonNode sample = json.readTree(line);
      if (sample.get("doc_id").intValue() > 1) {
        continue;
      }
      String place = sample.get("task").textValue() + " " + sample.get("doc_id");
      Prompt context = new Prompt.Raw(sample.get("context").textValue());
      int[] expected = ints(sample.get("context_tokens"));
      List<String> candidates = new ArrayList<>();
      List<int[]> continuations = new ArrayList<>();
      for (JsonNode request : sample.get("requests")) {
        if (request.has("continuation")) {
          candidates.add(request.get("continuation").textValue());
          continuations.add(ints(request.get("continuation_tokens")));
        }
      }
      if (candidates.isEmpty()) {
        assertThat(prompts.encode(context)).as(place).containsExactly(expected);
        continue;
      }
      Request.Score request = scores.candidates(context, candidates);
      assertThat(request.context()).as(place).containsExactly(expected);
      assertThat(request.continuations().toArray()).as(place).isEqualTo(continuations.toArray());
      scored++;
    }
    assertThat(scored).isGreaterThan(200);
  }

  private static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue();
    }
    return values;
  }
}

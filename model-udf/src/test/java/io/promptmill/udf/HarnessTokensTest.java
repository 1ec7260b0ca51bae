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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Token ids, before and after truncation, against all samples that lm-evaluation-harness wrote with
 * DeepSeek's tokenizer. They lie outside the repository, in the folder that the property {@code
 * promptmill.shared} names; without it the test is skipped.
 */
class HarnessTokensTest {

  private static final Path SHARED = Path.of(System.getProperty("promptmill.shared", "shared"));
  private static final Path SAMPLES = SHARED.resolve("goldens/lm-eval/samples.jsonl");
  private static final Path TOKENIZER = SHARED.resolve("data/tokenizers/deepseek-v2");

  private static final int MAX_LENGTH = 2048;
  private static final int MAX_GEN_TOKS = 256;

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
    int truncated = 0;
    for (String line : Files.readAllLines(SAMPLES)) {
      JsonNode sample = json.readTree(line);
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
        int[] prompt = prompts.encode(context);
        int room = MAX_LENGTH - MAX_GEN_TOKS;
        assertThat(prompt).as(place).containsExactly(expected);
        assertThat(LeftTruncation.prompt(prompt, room))
            .as(place)
            .containsExactly(last(expected, room));
        continue;
      }
      Request.Score request = scores.candidates(context, candidates);
      assertThat(request.context()).as(place).containsExactly(expected);
      assertThat(request.continuations().toArray()).as(place).isEqualTo(continuations.toArray());
      for (LeftTruncation.Part part : LeftTruncation.score(request, MAX_LENGTH)) {
        for (int i = 0; i < part.candidates().size(); i++) {
          int[] continuation = continuations.get(part.candidates().get(i));
          // (ctx + cont)[-(max_length + 1):][:-1]
          assertThat(withoutLast(part.request().context(), continuation))
              .as(place)
              .containsExactly(last(withoutLast(expected, continuation), MAX_LENGTH));
          truncated += part.dropped() > 0 ? 1 : 0;
        }
      }
      scored++;
    }
    assertThat(scored).isGreaterThan(800);
    assertThat(truncated).isGreaterThan(60);
  }

  private static int[] last(int[] tokens, int count) {
    return Arrays.copyOfRange(tokens, Math.max(0, tokens.length - count), tokens.length);
  }

  private static int[] withoutLast(int[] context, int[] continuation) {
    int[] fed = Arrays.copyOf(context, context.length + continuation.length - 1);
    System.arraycopy(continuation, 0, fed, context.length, continuation.length - 1);
    return fed;
  }

  private static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue();
    }
    return values;
  }
}

package io.promptmill.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** DeepSeek-V2's published tokenizer; optional, as the file is not part of the repository. */
class PublishedTokenizerTest {

  private static ByteLevelBpe tokenizer;

  @BeforeAll
  static void readTokenizer() throws IOException {
    Path folder = TextFixtures.shared("data/tokenizers/deepseek-v2");
    tokenizer =
        TokenizerJson.parse(
            Files.readString(folder.resolve("tokenizer.json")),
            Optional.of(Files.readString(folder.resolve("tokenizer_config.json"))),
            folder.toString());
  }

  @Test
  void givesTheIdsOfTheTokenizersLibrary() {
    for (JsonNode row : TextFixtures.lines("tokenizer/deepseek-v2-encodings.jsonl")) {
      String text = row.get("text").textValue();
      int[] plain = TextFixtures.ints(row.get("plain"));
      int[] special = row.has("special") ? TextFixtures.ints(row.get("special")) : plain;
      assertThat(tokenizer.encode(text)).as("%s", row.get("text")).containsExactly(plain);
      assertThat(tokenizer.encodeWithSpecialTokens(text))
          .as("%s", row.get("text"))
          .containsExactly(special);
      assertThat(tokenizer.decode(plain, false)).isEqualTo(text);
    }
  }

  @Test
  void givesTheIdsOfEveryEvaluationSample() {
    Path samples = TextFixtures.shared("goldens/lm-eval/samples.jsonl");
    int requests = 0;
    for (JsonNode sample : TextFixtures.lines(samples)) {
      String context = sample.get("context").textValue();
      int[] contextIds = tokenizer.encode(context);
      assertThat(contextIds)
          .as("context of %s %s", sample.get("task"), sample.get("doc_id"))
          .containsExactly(withoutBos(TextFixtures.ints(sample.get("context_tokens"))));
      for (JsonNode request : sample.path("requests")) {
        if (!request.has("continuation_tokens")) {
          continue;
        }
        // The evaluation encodes the whole and cuts at the length of the context (section 4.5).
        int[] whole = tokenizer.encode(context + request.get("continuation").textValue());
        int[] expected = TextFixtures.ints(request.get("continuation_tokens"));
        assertThat(whole).endsWith(expected).hasSize(contextIds.length + expected.length);
        requests++;
      }
    }
    assertThat(requests).isPositive();
  }

  private static int[] withoutBos(int[] ids) {
    assertThat(ids[0]).isEqualTo(tokenizer.bosTokenId());
    return Arrays.copyOfRange(ids, 1, ids.length);
  }
}

package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.checkpoint.HfConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EosTokensTest {

  private static final TinyTokenizer TOKENIZER = new TinyTokenizer(true);

  @Test
  void generationConfigComesFirst() {
    assertThat(eos("{\"eos_token_id\": [5, 6]}", "{\"eos_token_id\": 7}")).containsExactly(5, 6);
    assertThat(eos("{\"eos_token_id\": 5}", "{}")).containsExactly(5);
  }

  @Test
  void configComesNext() {
    assertThat(eos("{\"eos_token_id\": null}", "{\"eos_token_id\": 7}")).containsExactly(7);
    assertThat(eos(null, "{\"eos_token_id\": 7}")).containsExactly(7);
  }

  @Test
  void theTokenizerComesLast() {
    assertThat(eos("{}", "{}")).containsExactly(TOKENIZER.eosTokenId());
    assertThat(
            EosTokens.of(
                Optional.empty(),
                HfConfig.parse("{}", "config.json"),
                new TinyTokenizer(List.of(), List.of(), false)))
        .isEmpty();
  }

  private static int[] eos(String generation, String config) {
    return EosTokens.of(
        Optional.ofNullable(generation).map(json -> HfConfig.parse(json, "generation_config.json")),
        HfConfig.parse(config, "config.json"),
        TOKENIZER);
  }
}

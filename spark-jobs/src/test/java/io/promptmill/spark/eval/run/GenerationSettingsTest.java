package io.promptmill.spark.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.engine.SamplingParams;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationSettingsTest {

  @Test
  void withoutSettingsItIsGreedyAnd256Tokens() {
    GenerationSettings settings = GenerationSettings.of(Map.of(), 1, 0);

    assertThat(settings.sampling()).isEqualTo(SamplingParams.greedy(256));
    assertThat(settings.stop()).isEmpty();
  }

  @Test
  void drawsAreOffWithoutSamplingWhateverTheTemperature() {
    assertThat(temperature(Map.of("do_sample", false, "temperature", 0.7))).isZero();
    assertThat(temperature(Map.of("temperature", 0.7))).isEqualTo(0.7);
    assertThat(temperature(Map.of("do_sample", true, "temperature", 1))).isEqualTo(1);
  }

  private static double temperature(Map<String, Object> kwargs) {
    return GenerationSettings.of(kwargs, 1, 0).sampling().temperature();
  }

  @Test
  void theFirstNameOfTheLengthCounts() {
    Map<String, Object> kwargs = Map.of("max_tokens", 5, "max_gen_toks", 7L);

    assertThat(GenerationSettings.of(kwargs, 1, 0).sampling().maxTokens()).isEqualTo(7);
  }

  @Test
  void stopsAreOneTextOrSeveralAndEmptyOnesAreLeftAside() {
    assertThat(GenerationSettings.of(Map.of("until", "\n"), 1, 0).stop()).containsExactly("\n");
    assertThat(GenerationSettings.of(Map.of("until", List.of("Q:", "")), 1, 0).stop())
        .containsExactly("Q:");
  }

  @Test
  void samplingRepeatsAndSeedReachTheEngine() {
    SamplingParams sampling =
        GenerationSettings.of(
                Map.of("do_sample", true, "temperature", 0.2, "top_p", 0.9, "top_k", 40), 8, 3)
            .sampling();

    assertThat(sampling.topP()).isEqualTo(0.9);
    assertThat(sampling.topK()).isEqualTo(40);
    assertThat(sampling.n()).isEqualTo(8);
    assertThat(sampling.seed()).isEqualTo(3);
  }

  @Test
  void whatIsUnknownOrOfNoUseFailsByItsName() {
    assertInvalid(Map.of("num_beams", 4), "'num_beams': expected one of [max_gen_toks");
    assertInvalid(Map.of("temperature", "hot"), "'temperature': expected a number, found 'hot'");
    assertInvalid(Map.of("do_sample", "yes"), "'do_sample': expected true or false, found 'yes'");
    assertInvalid(Map.of("do_sample", true), "'do_sample': expected a temperature above 0 with it");
  }

  private static void assertInvalid(Map<String, Object> kwargs, String message) {
    assertThatThrownBy(() -> GenerationSettings.of(kwargs, 1, 0))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining(message);
  }
}

package io.promptmill.spark.eval.run;

import io.promptmill.engine.SamplingParams;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * {@code generation_kwargs} as {@code normalize_gen_kwargs} of lm-evaluation-harness 0.4.13 reads
 * them.
 *
 * @param stop texts that end a completion
 */
record GenerationSettings(SamplingParams sampling, List<String> stop) {
  private static final int MAX_GEN_TOKS = 256;

  /** The same length by other names, the first that is there counts. */
  private static final List<String> LENGTHS =
      List.of("max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens");

  private static final List<String> OTHERS =
      List.of(
          "until",
          "do_sample",
          "temperature",
          "top_p",
          "top_k",
          "min_p",
          "repetition_penalty",
          "presence_penalty",
          "frequency_penalty");

  GenerationSettings {
    stop = List.copyOf(stop);
  }

  /**
   * @param repeats completions of each prompt
   * @param seed of their draws
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a setting is unknown or of
   *     the wrong type, or if draws are asked for at temperature 0
   */
  static GenerationSettings of(Map<String, Object> kwargs, int repeats, long seed) {
    for (String name : new TreeSet<>(kwargs.keySet())) {
      if (!LENGTHS.contains(name) && !OTHERS.contains(name)) {
        throw invalid(name, "one of " + LENGTHS + " and " + OTHERS, "this name");
      }
    }
    SamplingParams sampling =
        new SamplingParams(
            maxTokens(kwargs),
            0,
            temperature(kwargs),
            (int) number(kwargs, "top_k", 0),
            number(kwargs, "top_p", 1),
            number(kwargs, "min_p", 0),
            number(kwargs, "repetition_penalty", 1),
            number(kwargs, "presence_penalty", 0),
            number(kwargs, "frequency_penalty", 0),
            List.of(),
            false,
            repeats,
            -1,
            seed);
    return new GenerationSettings(sampling, stop(kwargs.get("until")));
  }

  private static int maxTokens(Map<String, Object> kwargs) {
    return LENGTHS.stream()
        .filter(name -> kwargs.get(name) != null)
        .findFirst()
        .map(name -> (int) number(kwargs, name, 0))
        .orElse(MAX_GEN_TOKS);
  }

  private static double temperature(Map<String, Object> kwargs) {
    double temperature = number(kwargs, "temperature", 0);
    Object sample = kwargs.get("do_sample");
    if (sample == null) {
      return temperature;
    }
    if (!(sample instanceof Boolean draws)) {
      throw invalid("do_sample", "true or false", "'" + sample + "'");
    }
    if (draws && temperature <= 0) {
      throw invalid("do_sample", "a temperature above 0 with it", "temperature " + temperature);
    }
    return draws ? temperature : 0;
  }

  private static List<String> stop(Object until) {
    if (until == null) {
      return List.of();
    }
    List<?> texts = until instanceof List<?> many ? many : List.of(until);
    // The harness, too, leaves empty texts aside.
    return texts.stream().map(Objects::toString).filter(text -> !text.isEmpty()).toList();
  }

  private static double number(Map<String, Object> kwargs, String name, double fallback) {
    Object value = kwargs.get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw invalid(name, "a number", "'" + value + "'");
  }

  private static PromptmillException invalid(String name, String expected, String found) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "generation_kwargs, '%s': expected %s, found %s".formatted(name, expected, found));
  }
}

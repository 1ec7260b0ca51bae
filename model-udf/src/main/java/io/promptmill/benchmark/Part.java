package io.promptmill.benchmark;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be measured, in the order in which it is. */
public enum Part {
  /** Time and memory of loading; done for every part but the limits, as the model is needed. */
  LOAD,
  /** The machine's matrix products and memory reads. */
  LIMITS,
  /** Prompts of several lengths. */
  PREFILL,
  /** Steps of one token for every sequence. */
  DECODE,
  /** Multiple-choice documents that share their examples. */
  MMLU,
  /** Completions of prompts that share their examples. */
  GSM8K;

  /** As the option spells it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All spellings. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Part::text).toList();
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} for another name
   */
  public static Set<Part> of(List<String> names) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String name : names) {
      if (!names().contains(name)) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID,
            "--only: expected some of %s, found '%s'".formatted(String.join(", ", names()), name));
      }
      parts.add(valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return parts;
  }
}

package io.promptmill.spark.conf;

import java.util.List;

/**
 * What a preset says of an option: before the default, after all that the user says.
 *
 * @param texts as the command line would have them
 * @param source where it stands, for errors
 */
public record PresetValue(List<String> texts, String source) {
  public PresetValue {
    texts = List.copyOf(texts);
  }
}

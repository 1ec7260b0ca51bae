package io.promptmill.spark.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Rows that bring their prompt and parameters as JSON: each sample is the prompt and its number.
 */
final class FakeSamples {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FakeSamples() {}

  /** The text, or what the last message says. */
  static String prompt(String json) {
    JsonNode prompt = parse(json);
    return prompt.isTextual()
        ? prompt.textValue()
        : prompt.path(prompt.size() - 1).path("content").asText();
  }

  static void write(StructVector result, int row, String prompt, String parameters) {
    int count = parse(parameters).path("n").asInt(1);
    ListVector samples = (ListVector) result.getChild("samples");
    StructVector sample = (StructVector) samples.getDataVector();
    int at = samples.startNewValue(row);
    for (int i = 0; i < count; i++) {
      sample.setIndexDefined(at + i);
      text(sample, "text", at + i, "echo: " + prompt + " " + i);
      text(sample, "finish_reason", at + i, "stop");
      ((IntVector) sample.getChild("completion_tokens")).setSafe(at + i, 2);
    }
    samples.endValue(row, count);
  }

  private static void text(StructVector struct, String field, int row, String value) {
    ((VarCharVector) struct.getChild(field)).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }
}

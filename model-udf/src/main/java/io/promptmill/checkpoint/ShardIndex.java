package io.promptmill.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code model.safetensors.index.json}: which shard holds which tensor.
 *
 * @param shardOf tensor name to shard file name
 */
record ShardIndex(Map<String, String> shardOf) {
  static final String NAME = "model.safetensors.index.json";

  /** A plain file name, so that an index cannot lead out of its folder. */
  private static final Pattern SHARD = Pattern.compile("[\\w+-][\\w.+-]*\\.safetensors");

  private static final Pattern NUMBERED =
      Pattern.compile("(.*)-(\\d{1,9})-of-(\\d{1,9})\\.safetensors");

  /**
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if the index is
   *     malformed, names anything but files of its own folder, or leaves out shards that its file
   *     names count
   */
  static ShardIndex parse(String json) {
    JsonNode map = StrictJson.object(json, NAME).path("weight_map");
    if (!(map instanceof ObjectNode weights)) {
      throw invalid("field weight_map: expected an object, found " + map.getNodeType());
    }
    if (weights.isEmpty()) {
      throw invalid("field weight_map: expected at least one tensor, found none");
    }
    Map<String, String> shardOf = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : weights.properties()) {
      String shard = field.getValue().asText();
      if (!field.getValue().isTextual() || !SHARD.matcher(shard).matches()) {
        throw invalid(
            "tensor "
                + field.getKey()
                + ": expected the name of a .safetensors file in the same folder, found "
                + field.getValue());
      }
      shardOf.put(field.getKey(), shard);
    }
    ShardIndex index = new ShardIndex(shardOf);
    index.requireAllNumbers();
    return index;
  }

  SortedSet<String> shards() {
    return new TreeSet<>(shardOf.values());
  }

  private void requireAllNumbers() {
    SortedSet<Integer> numbers = new TreeSet<>();
    SortedSet<String> series = new TreeSet<>();
    int count = 0;
    for (String shard : shards()) {
      Matcher numbered = NUMBERED.matcher(shard);
      if (!numbered.matches()) {
        return;
      }
      numbers.add(Integer.valueOf(numbered.group(2)));
      series.add(numbered.group(1) + " of " + numbered.group(3));
      count = Integer.parseInt(numbered.group(3));
    }
    // Several series (say, a base and an extra head) count separately; only one can be checked.
    if (series.size() == 1 && numbers.size() != count) {
      throw invalid(
          "expected all of the "
              + count
              + " shards that the file names count, found only numbers "
              + numbers);
    }
  }

  private static PromptmillException invalid(String what) {
    return new PromptmillException(ErrorCode.CHECKPOINT_INVALID, NAME + ": " + what);
  }
}

package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A text, token ids, or an array of such: prompts of completions and inputs of embeddings. */
final class TextOrTokens {
  private static final int MOST = 2048;

  private TextOrTokens() {}

  /** The single texts and arrays of token ids, at least one. */
  static List<JsonNode> read(BodyFields body, String name) {
    JsonNode given = body.require(name);
    String param = body.param(name);
    if (given.isTextual() || isTokens(given)) {
      return List.of(given);
    }
    if (!all(given, JsonNode::isTextual) && !all(given, TextOrTokens::isTokens)) {
      throw RequestRefused.type(
          param,
          "a string, an array of strings, an array of token ids, or an array of such arrays",
          BodyFields.found(given));
    }
    if (given.size() > MOST) {
      throw RequestRefused.value(param, MOST + " elements at most", given.size());
    }
    List<JsonNode> each = new ArrayList<>();
    given.forEach(each::add);
    return each;
  }

  private static boolean isTokens(JsonNode value) {
    return all(value, id -> id.isInt() && id.intValue() >= 0);
  }

  private static boolean all(JsonNode array, Predicate<JsonNode> is) {
    boolean all = array.isArray() && !array.isEmpty();
    for (JsonNode each : array) {
      all &= is.test(each);
    }
    return all;
  }
}

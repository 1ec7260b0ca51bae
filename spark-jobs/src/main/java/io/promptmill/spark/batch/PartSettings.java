package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.spark.io.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request's parts have beyond its body.
 *
 * @param customId of the request
 */
record PartSettings(ParserSettings parser, String customId) {

  /** Tokens of a completion where the body does not say. */
  int maxTokens(int ofEndpoint) {
    return parser.maxTokens() == null ? ofEndpoint : parser.maxTokens();
  }

  /**
   * A part for each prompt. Requests without a seed get one of their own, so that equal prompts are
   * answered independently and still the same whenever they are asked again.
   */
  List<BatchRequest.Part> parts(List<? extends JsonNode> prompts, ObjectNode parameters) {
    boolean seeded = parameters.has("seed");
    List<BatchRequest.Part> parts = new ArrayList<>(prompts.size());
    for (int i = 0; i < prompts.size(); i++) {
      if (!seeded) {
        parameters.put("seed", seed(i));
      }
      parts.add(new BatchRequest.Part(prompts.get(i).toString(), parameters.toString()));
    }
    return parts;
  }

  private long seed(int prompt) {
    String key = parser.seed() + "\n" + prompt + "\n" + customId;
    return ByteBuffer.wrap(Sha256.bytes(key)).getLong();
  }
}

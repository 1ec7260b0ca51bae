package io.promptmill.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON of untrusted files: strict UTF-8, no duplicate keys, nothing after the value. */
final class StrictJson {
  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private StrictJson() {}

  /**
   * @param origin names the file in errors
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if the bytes are not
   *     UTF-8
   */
  static String utf8(byte[] bytes, String origin) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID,
          origin + ": expected UTF-8, found an invalid sequence near byte " + in.position(),
          e);
    }
  }

  /**
   * @param origin names the file in errors
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if the text is not one
   *     JSON object or repeats a key
   */
  static ObjectNode object(String json, String origin) {
    JsonNode node;
    try {
      node = MAPPER.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(json);
    } catch (JsonProcessingException e) {
      throw malformed(origin, e);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new PromptmillException(
        ErrorCode.CHECKPOINT_INVALID,
        origin + ": expected a JSON object, found " + node.getNodeType());
  }

  static PromptmillException malformed(String origin, JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    return new PromptmillException(
        ErrorCode.CHECKPOINT_INVALID,
        origin + ": expected valid JSON, found" + where + ": " + e.getOriginalMessage(),
        e);
  }
}

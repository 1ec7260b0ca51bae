package io.promptmill.spark.batch;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.io.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads lines of batch files; whatever a line holds, it becomes a request or a refusal. */
record LineParser(ParserSettings settings) implements Serializable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String CUSTOM_ID = "custom_id";
  private static final int ID_BYTES = 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Whether there is nothing but white space, as at the end of many files. */
  static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /**
   * @param line without its end
   * @param number in its file, from 1
   */
  BatchLine parse(String file, long number, byte[] line) {
    String id = HexFormat.of().formatHex(Sha256.bytes(line), 0, ID_BYTES);
    BatchLine empty = new BatchLine(file, number, id, null, null, null);
    JsonNode object;
    try {
      object = json(line);
    } catch (RequestRefused e) {
      return empty.refused(placed(e.refusal(), empty.place()));
    }
    String customId = object.path(CUSTOM_ID).textValue();
    BatchLine named = new BatchLine(file, number, id, customId, null, null);
    try {
      return new BatchLine(file, number, id, customId, request(object), null);
    } catch (RequestRefused e) {
      return named.refused(placed(e.refusal(), named.place()));
    }
  }

  /**
   * The line's {@code custom_id} as {@link #parse} finds it, without looking at the rest; null
   * where there is none. Of a line that no request comes of, it may give one all the same.
   */
  String customId(byte[] line) {
    if (line.length > settings.maxLineBytes()) {
      return null;
    }
    try (JsonParser json = JSON.createParser(text(line))) {
      String id = null;
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean named = json.currentName().equals(CUSTOM_ID);
        JsonToken value = json.nextToken();
        if (named) {
          id = value == JsonToken.VALUE_STRING ? json.getText() : null;
        }
        json.skipChildren();
      }
      return json.nextToken() == null ? id : null;
    } catch (IOException | RequestRefused e) {
      return null; // as parse will say
    }
  }

  /** Where no request tells which line it was, the message does. */
  private static Refusal placed(Refusal refusal, String place) {
    return refusal instanceof Refusal.OfLine line
        ? new Refusal.OfLine(line.code(), place + ": " + line.message())
        : refusal;
  }

  private JsonNode json(byte[] line) {
    if (line.length > settings.maxLineBytes()) {
      throw ofLine(
          "line_too_long",
          "expected a line of at most %d bytes, found %d"
              .formatted(settings.maxLineBytes(), line.length));
    }
    JsonNode value;
    try {
      value = JSON.readTree(text(line));
    } catch (JsonProcessingException e) {
      throw ofLine(
          "invalid_json_line",
          "expected a JSON object, found%s: %s"
              .formatted(column(e.getLocation()), e.getOriginalMessage()));
    }
    if (!value.isObject()) {
      throw ofLine("invalid_json_line", "expected a JSON object, found " + BodyFields.found(value));
    }
    return value;
  }

  /** Where numbers or names are too long or values nested too deep, Jackson does not say. */
  private static String column(JsonLocation location) {
    return location == null ? "" : " at column " + location.getColumnNr();
  }

  private static String text(byte[] line) {
    ByteBuffer bytes = ByteBuffer.wrap(line);
    if (line.length >= 3 && ByteBuffer.wrap(line, 0, 3).equals(ByteBuffer.wrap(BYTE_ORDER_MARK))) {
      bytes.position(BYTE_ORDER_MARK.length);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw ofLine("invalid_json_line", "expected UTF-8, found other bytes");
    }
  }

  private BatchRequest request(JsonNode line) {
    String customId = line.path(CUSTOM_ID).textValue();
    if (customId == null || customId.isEmpty()) {
      throw ofLine(
          "missing_required_parameter",
          "custom_id: expected a text, found " + shown(line.path(CUSTOM_ID)));
    }
    if (!line.path("method").asText().equals("POST")) {
      throw ofLine(
          "invalid_method", "method: expected \"POST\", found " + shown(line.path("method")));
    }
    Optional<Endpoint> endpoint = Endpoint.of(line.path("url").asText());
    if (endpoint.isEmpty()) {
      throw ofLine(
          "invalid_url",
          "url: expected one of %s, found %s"
              .formatted(
                  Stream.of(Endpoint.values()).map(Endpoint::url).collect(Collectors.joining(", ")),
                  shown(line.path("url"))));
    }
    if (!line.path("body").isObject()) {
      throw ofLine(
          "missing_required_parameter",
          "body: expected an object, found " + shown(line.path("body")));
    }
    BodyFields body = new BodyFields(line.get("body"), "");
    String model = model(body);
    PartSettings parts = new PartSettings(settings, customId);
    return switch (endpoint.get()) {
      case CHAT -> ChatBody.read(body, model, parts);
      case COMPLETIONS -> CompletionBody.read(body, model, parts);
      case EMBEDDINGS -> EmbeddingBody.read(body, model);
    };
  }

  private String model(BodyFields body) {
    String model = body.text("model").orElse(null);
    if (model != null && settings.servedModel() != null && !model.equals(settings.servedModel())) {
      throw new RequestRefused(
          new Refusal.OfRequest(
              404,
              "invalid_request_error",
              "model_not_found",
              "model",
              "The model '%s' does not exist; there is '%s'."
                  .formatted(model, settings.servedModel())));
    }
    return model;
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "none" : BodyFields.found(value);
  }

  private static RequestRefused ofLine(String code, String message) {
    return new RequestRefused(new Refusal.OfLine(code, message));
  }
}

package io.promptmill.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON value together with its file and path, so that every error can name them.
 *
 * @param file name of the file for messages
 * @param path such as {@code model.vocab}, empty for the whole file
 */
record JsonSection(String file, String path, JsonNode node) {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * @throws PromptmillException with {@code CHECKPOINT_INVALID} if the text is not one JSON object
   *     without repeated names
   */
  static JsonSection parse(String json, String file) {
    try {
      return new JsonSection(file, "", MAPPER.readTree(json)).require(JsonNodeType.OBJECT);
    } catch (JsonProcessingException e) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID,
          file + " must be valid JSON, found: " + e.getOriginalMessage(),
          e);
    }
  }

  /** A member; absent and null alike give a section for which {@link #isAbsent} holds. */
  JsonSection get(String name) {
    return new JsonSection(file, path.isEmpty() ? name : path + "." + name, node.path(name));
  }

  boolean isAbsent() {
    return node.isMissingNode() || node.isNull();
  }

  JsonSection object(String name) {
    return get(name).require(JsonNodeType.OBJECT);
  }

  List<JsonSection> array(String name) {
    JsonSection array = get(name).require(JsonNodeType.ARRAY);
    List<JsonSection> elements = new ArrayList<>(array.node.size());
    for (int i = 0; i < array.node.size(); i++) {
      elements.add(new JsonSection(file, array.path + "[" + i + "]", array.node.get(i)));
    }
    return elements;
  }

  String string(String name) {
    return get(name).text();
  }

  String text() {
    return require(JsonNodeType.STRING).node.textValue();
  }

  boolean flag(String name, boolean whenAbsent) {
    JsonSection flag = get(name);
    return flag.isAbsent() ? whenAbsent : flag.require(JsonNodeType.BOOLEAN).node.booleanValue();
  }

  JsonSection require(JsonNodeType type) {
    if (node.getNodeType() != type) {
      throw invalid("must be " + nameOf(type) + ", found " + describe());
    }
    return this;
  }

  PromptmillException invalid(String problem) {
    return new PromptmillException(ErrorCode.CHECKPOINT_INVALID, where() + " " + problem);
  }

  PromptmillException unsupported(String found, String supported) {
    return new PromptmillException(
        ErrorCode.MODEL_UNSUPPORTED,
        where() + " is not supported: found " + found + ", supported: " + supported);
  }

  private String where() {
    return path.isEmpty() ? file : file + ", field " + path;
  }

  /** The value for a message, cut if it is long. */
  String describe() {
    if (node.isMissingNode()) {
      return "nothing";
    }
    String json = node.toString();
    return json.length() <= 80 ? json : json.substring(0, 77) + "...";
  }

  private static String nameOf(JsonNodeType type) {
    return switch (type) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      default -> type.name();
    };
  }
}

package io.promptmill.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * What {@code tokenizer_config.json} says beside the chat template.
 *
 * @param bos content of the beginning-of-sequence token, or null
 * @param eos content of the end-of-sequence token, or null
 * @param addBos whether every prompt gets one BOS; empty where the file does not say
 */
record TokenizerConfigJson(String bos, String eos, Optional<Boolean> addBos) {

  static JsonSection parse(String json, String origin) {
    return JsonSection.parse(json, origin + "/tokenizer_config.json");
  }

  static TokenizerConfigJson read(Optional<String> json, String origin) {
    JsonSection config =
        json.map(text -> parse(text, origin))
            .orElse(new JsonSection(origin, "", JsonNodeFactory.instance.objectNode()));
    if (config.flag("add_eos_token", false)) {
      throw config.get("add_eos_token").unsupported("true", "false");
    }
    JsonSection addBos = config.get("add_bos_token");
    return new TokenizerConfigJson(
        tokenContent(config, "bos_token"),
        tokenContent(config, "eos_token"),
        addBos.isAbsent() ? Optional.empty() : Optional.of(config.flag("add_bos_token", false)));
  }

  /** Content of a token given as a string or as an object with {@code content}, or null. */
  static String tokenContent(JsonSection config, String name) {
    JsonSection token = config.get(name);
    if (token.isAbsent()) {
      return null;
    }
    return token.node().isObject() ? token.string("content") : token.text();
  }
}

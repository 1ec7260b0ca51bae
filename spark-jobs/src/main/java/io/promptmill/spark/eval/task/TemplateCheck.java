package io.promptmill.spark.eval.task;

import io.promptmill.error.PromptmillException;
import io.promptmill.text.python.JinjaTemplate;
import java.util.List;

/** Finds malformed templates when a file is read, where their line is known. */
final class TemplateCheck {

  private static final List<String> KEYS =
      List.of("description", "doc_to_text", "doc_to_target", "doc_to_choice", "gen_prefix");

  private TemplateCheck() {}

  /**
   * @throws PromptmillException with {@code OPTION_INVALID} naming file and line
   */
  static void check(YamlMapping keys) {
    checkKeys(keys);
    keys.get("fewshot_config")
        .filter(YamlValue::isMapping)
        .ifPresent(config -> checkKeys(config.mapping()));
    keys.get("dataset")
        .filter(YamlValue::isMapping)
        .flatMap(dataset -> dataset.mapping().get("document"))
        .filter(YamlValue::isMapping)
        .ifPresent(document -> document.mapping().values().values().forEach(TemplateCheck::check));
  }

  private static void checkKeys(YamlMapping keys) {
    KEYS.forEach(key -> keys.get(key).ifPresent(TemplateCheck::check));
  }

  private static void check(YamlValue value) {
    if (value.isText()) {
      try {
        JinjaTemplate.parse(value.text(), "'" + value.name() + "'");
      } catch (PromptmillException e) {
        throw value.failure(e.getMessage());
      }
    }
  }
}

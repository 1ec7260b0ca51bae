package io.promptmill.spark.eval.task;

import java.util.Optional;

/** Reads how a document becomes text, and what {@code fewshot_config} changes for examples. */
final class PromptReader {

  private PromptReader() {}

  static PromptDefinition read(YamlMapping keys, OutputType outputType) {
    boolean rolling = outputType == OutputType.LOGLIKELIHOOD_ROLLING;
    boolean choosing = outputType == OutputType.MULTIPLE_CHOICE;
    return new PromptDefinition(
        keys.text("description", ""),
        rolling ? keys.text("doc_to_text", "") : keys.require("doc_to_text").text(),
        keys.require("doc_to_target").scalar(),
        (choosing ? Optional.of(keys.require("doc_to_choice")) : keys.get("doc_to_choice"))
            .map(PromptReader::choices)
            .orElse(new PromptDefinition.NoChoices()),
        keys.text("target_delimiter", " "),
        keys.text("fewshot_delimiter", "\n\n"),
        keys.text("gen_prefix", ""));
  }

  static PromptDefinition override(YamlMapping keys, PromptDefinition prompt) {
    return new PromptDefinition(
        prompt.description(),
        keys.text("doc_to_text", prompt.docToText()),
        keys.get("doc_to_target").map(YamlValue::scalar).orElse(prompt.docToTarget()),
        keys.get("doc_to_choice").map(PromptReader::choices).orElse(prompt.docToChoice()),
        keys.text("target_delimiter", prompt.targetDelimiter()),
        keys.text("fewshot_delimiter", prompt.fewshotDelimiter()),
        keys.text("gen_prefix", prompt.genPrefix()));
  }

  private static PromptDefinition.Choices choices(YamlValue value) {
    return value.isList()
        ? new PromptDefinition.FixedChoices(value.texts())
        : new PromptDefinition.TemplateOfChoices(value.text());
  }
}

package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Fields of OpenAI's and vLLM's bodies that are not asked of the model. */
final class BodyRules {

  /** Say nothing about the answer. */
  static final Set<String> IGNORED =
      Set.of(
          "user",
          "metadata",
          "store",
          "service_tier",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention",
          "prediction",
          "parallel_tool_calls",
          "stream_options",
          "priority",
          "cache_salt",
          "request_id");

  private static final Predicate<JsonNode> FALSE = is("false");
  private static final Predicate<JsonNode> TRUE = is("true");

  /** Change the answer, except with these values. */
  static final Map<String, Predicate<JsonNode>> GENERATION =
      Map.ofEntries(
          Map.entry("stream", FALSE),
          Map.entry("logit_bias", BodyRules::empty),
          Map.entry("echo", FALSE),
          Map.entry("use_beam_search", FALSE),
          Map.entry("length_penalty", BodyRules::one),
          Map.entry("include_stop_str_in_output", FALSE),
          Map.entry("skip_special_tokens", TRUE),
          Map.entry("spaces_between_special_tokens", TRUE),
          Map.entry("return_tokens_as_token_ids", FALSE),
          Map.entry("return_token_ids", FALSE),
          Map.entry("bad_words", BodyRules::empty),
          Map.entry("allowed_token_ids", BodyRules::never),
          Map.entry("prompt_logprobs", BodyRules::never),
          Map.entry("truncate_prompt_tokens", BodyRules::never),
          Map.entry("guided_grammar", BodyRules::never));

  static final Map<String, Predicate<JsonNode>> CHAT =
      with(
          Map.ofEntries(
              Map.entry("tools", BodyRules::empty),
              Map.entry("tool_choice", is("\"none\"").or(is("\"auto\""))),
              Map.entry("functions", BodyRules::empty),
              Map.entry("function_call", is("\"none\"").or(is("\"auto\""))),
              Map.entry("modalities", is("[\"text\"]")),
              Map.entry("audio", BodyRules::never),
              Map.entry("reasoning_effort", is("\"none\"")),
              Map.entry("verbosity", is("\"medium\"")),
              Map.entry("web_search_options", BodyRules::never),
              Map.entry("add_generation_prompt", TRUE),
              Map.entry("continue_final_message", FALSE),
              Map.entry("add_special_tokens", FALSE),
              Map.entry("chat_template", BodyRules::never),
              Map.entry("chat_template_kwargs", BodyRules::empty),
              Map.entry("documents", BodyRules::empty)));

  static final Map<String, Predicate<JsonNode>> COMPLETION =
      with(
          Map.of(
              "best_of",
              BodyRules::one,
              "suffix",
              is("\"\""),
              "add_special_tokens",
              TRUE,
              "prompt_embeds",
              BodyRules::never));

  static final Map<String, Predicate<JsonNode>> EMBEDDING =
      Map.of(
          "dimensions", BodyRules::never,
          "truncate_prompt_tokens", BodyRules::never,
          "add_special_tokens", TRUE);

  private BodyRules() {}

  private static boolean never(JsonNode value) {
    return false;
  }

  private static boolean empty(JsonNode value) {
    return value.isContainerNode() && value.isEmpty();
  }

  private static boolean one(JsonNode value) {
    return value.isNumber() && value.doubleValue() == 1;
  }

  private static Predicate<JsonNode> is(String json) {
    return value -> value.toString().equals(json);
  }

  private static Map<String, Predicate<JsonNode>> with(Map<String, Predicate<JsonNode>> own) {
    Map<String, Predicate<JsonNode>> all = new HashMap<>(GENERATION);
    all.putAll(own);
    return Map.copyOf(all);
  }
}

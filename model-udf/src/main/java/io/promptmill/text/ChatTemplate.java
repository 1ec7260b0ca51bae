package io.promptmill.text;

import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.python.PythonStrings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A checkpoint's own Jinja chat template. Thread-safe.
 *
 * <p>Set up as in transformers' {@code apply_chat_template}: blocks trimmed on both sides, {@code
 * messages}, {@code add_generation_prompt}, the special tokens of {@code tokenizer_config.json} by
 * name, {@code tools} and {@code documents} none, {@code raise_exception}. Text of messages is
 * never read as a template.
 *
 * <p>Not supported, and an error where a template uses it: {@code strftime_now} (a prompt must not
 * depend on the clock), {@code include}, {@code import}, {@code extends}, slices with a step,
 * filters and tests that the engine lacks, string methods beside those of {@link PythonStrings}.
 * Different from Jinja2: an undefined value counts as none where Jinja2 raises an error, such as in
 * a sum; none and booleans print as nothing, {@code true} and {@code false}; slices and lengths of
 * strings count UTF-16 units.
 */
public final class ChatTemplate {

  private static final List<String> SPECIAL_TOKENS =
      List.of("bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token");

  private static final JinjaEngine ENGINE = new JinjaEngine();

  private final String origin;
  private final String source;
  private final Map<String, String> specialTokens;

  private ChatTemplate(String source, Map<String, String> specialTokens, String origin) {
    // Jinja2 reads its source with normalized line ends and without the last one.
    String lines = source.replaceAll("\\r\\n?", "\n");
    this.source = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    this.specialTokens = specialTokens;
    this.origin = origin;
  }

  /**
   * The template of {@code tokenizer_config.json}; of several named ones, that named {@code
   * default}. Empty if there is none.
   *
   * @param origin checkpoint that the file comes from, for messages
   * @throws PromptmillException with {@code CHECKPOINT_INVALID} if the file is malformed
   */
  public static Optional<ChatTemplate> parse(String tokenizerConfigJson, String origin) {
    JsonSection config = TokenizerConfigJson.parse(tokenizerConfigJson, origin);
    JsonSection template = config.get("chat_template");
    if (template.isAbsent()) {
      return Optional.empty();
    }
    String source = template.node().isArray() ? defaultOf(config) : template.text();
    return Optional.of(new ChatTemplate(source, specialTokens(config), origin));
  }

  /**
   * A template from a file of its own ({@code chat_template.jinja}), with the special tokens of
   * {@code tokenizer_config.json}.
   */
  public static ChatTemplate of(String source, String tokenizerConfigJson, String origin) {
    JsonSection config = TokenizerConfigJson.parse(tokenizerConfigJson, origin);
    return new ChatTemplate(source, specialTokens(config), origin);
  }

  /**
   * The conversation as one text, special tokens included as text.
   *
   * @param addGenerationPrompt whether the text ends where the assistant's next turn begins
   * @throws PromptmillException with {@code TEMPLATE_FAILED} if the template raises an exception or
   *     cannot be evaluated
   */
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    List<Map<String, Object>> turns = new ArrayList<>();
    for (ChatMessage message : messages) {
      turns.add(new HashMap<>(Map.of("role", message.role(), "content", message.content())));
    }
    Map<String, Object> bindings = new HashMap<>(specialTokens);
    bindings.put("messages", turns);
    bindings.put("add_generation_prompt", addGenerationPrompt);
    bindings.put("tools", null);
    bindings.put("documents", null);
    RenderResult result = ENGINE.renderForResult(source, bindings);
    if (!result.getErrors().isEmpty()) {
      throw failure(result.getErrors(), messages.size());
    }
    return result.getOutput();
  }

  /** The template as Jinja2 reads it: line ends normalized, the last one left out. */
  public String source() {
    return source;
  }

  private PromptmillException failure(List<TemplateError> errors, int messages) {
    String problems =
        errors.stream()
            .map(
                error ->
                    (error.getLineno() > 0 ? "line " + error.getLineno() + ": " : "")
                        + reason(error))
            .distinct()
            .collect(Collectors.joining("; "));
    return new PromptmillException(
        ErrorCode.TEMPLATE_FAILED,
        "chat template of %s failed on %d messages: %s".formatted(origin, messages, problems),
        errors.get(0).getException());
  }

  private static String reason(TemplateError error) {
    Throwable root = error.getException();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    boolean says = root == null || root.getMessage() == null;
    return says || error.getMessage().contains(root.getMessage())
        ? error.getMessage()
        : error.getMessage() + ": " + root.getMessage();
  }

  /** The template's {@code raise_exception}; public because the engine calls it by reflection. */
  public static Object raiseException(String message) {
    throw new IllegalArgumentException(message);
  }

  private static String defaultOf(JsonSection config) {
    Map<String, String> named = new HashMap<>();
    for (JsonSection template : config.array("chat_template")) {
      named.put(template.string("name"), template.string("template"));
    }
    String source = named.get("default");
    if (source == null) {
      throw config
          .get("chat_template")
          .invalid("must have a template named default, found " + named.keySet());
    }
    return source;
  }

  private static Map<String, String> specialTokens(JsonSection config) {
    Map<String, String> tokens = new HashMap<>();
    for (String name : SPECIAL_TOKENS) {
      String content = TokenizerConfigJson.tokenContent(config, name);
      if (content != null) {
        tokens.put(name, content);
      }
    }
    return tokens;
  }
}

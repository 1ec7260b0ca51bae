package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.ChatMessage;
import io.promptmill.text.PromptTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Turns the rows of a batch into prompts as a {@link PromptSpec} says. */
final class PromptReader {

  private final PromptSpec spec;
  private final Optional<ChatEncoder> chat;
  private final boolean generationPrompt;

  /**
   * @param chat empty if the checkpoint has no chat template
   * @param generationPrompt whether a chat prompt ends where the assistant's answer begins
   * @param origin what to call the checkpoint in errors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the spec needs a chat
   *     template and there is none
   */
  PromptReader(
      PromptSpec spec, Optional<ChatEncoder> chat, boolean generationPrompt, String origin) {
    this.spec = spec;
    this.chat = chat;
    this.generationPrompt = generationPrompt;
    if (InferSpecs.usesChat(spec) && chat.isEmpty()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          origin + ": chat prompts need a chat template, and tokenizer_config.json has none");
    }
  }

  /**
   * Prompts of a batch by row. The function throws a {@link PromptmillException} for a row that has
   * none: {@link ErrorCode#PROMPT_INVALID} or {@link ErrorCode#TEMPLATE_FAILED}.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a column is missing or of
   *     the wrong type
   */
  IntFunction<Prompt> bind(VectorSchemaRoot batch) {
    if (spec.source() instanceof PromptSource.Messages messages) {
      String column = messages.column();
      MessagesColumn turns = MessagesColumn.of(InputColumn.of(batch, column), column);
      return row -> conversation(turns.at(row));
    }
    if (spec.source() instanceof PromptSource.Json json) {
      IntFunction<String> values = column(json.column(), batch);
      return row -> ofJson(JsonPrompt.parse(values.apply(row), json.column()));
    }
    IntFunction<String> texts = texts(batch);
    boolean turn =
        spec.chat() || (spec.source() instanceof PromptSource.Instruction && chat.isPresent());
    if (turn) {
      return row -> conversation(List.of(new ChatMessage("user", texts.apply(row))));
    }
    return row -> new Prompt.Raw(texts.apply(row));
  }

  private IntFunction<String> texts(VectorSchemaRoot batch) {
    if (spec.source() instanceof PromptSource.Column column) {
      return column(column.column(), batch);
    }
    String template =
        spec.source() instanceof PromptSource.Instruction instruction
            ? instruction.template()
            : ((PromptSource.Template) spec.source()).template();
    return template(PromptTemplate.parse(template), batch);
  }

  private Prompt ofJson(JsonPrompt prompt) {
    return prompt instanceof JsonPrompt.Ready ready
        ? ready.prompt()
        : conversation(((JsonPrompt.Conversation) prompt).turns());
  }

  private Prompt conversation(List<ChatMessage> turns) {
    List<ChatMessage> all = new ArrayList<>(turns);
    if (spec.system().isPresent() && turns.stream().noneMatch(t -> t.role().equals("system"))) {
      all.add(0, new ChatMessage("system", spec.system().get()));
    }
    ChatEncoder encoder =
        chat.orElseThrow(
            () ->
                new PromptmillException(
                    ErrorCode.TEMPLATE_FAILED,
                    "conversations need a chat template, and tokenizer_config.json has none"));
    return new Prompt.Tokens(encoder.encode(all, generationPrompt));
  }

  private static IntFunction<String> column(String name, VectorSchemaRoot batch) {
    ColumnText texts = ColumnText.of(InputColumn.of(batch, name), name, ErrorCode.PROMPT_INVALID);
    return row -> {
      String text = texts.at(row);
      if (text == null) {
        throw new PromptmillException(
            ErrorCode.PROMPT_INVALID, "column '" + name + "': expected a prompt, found null");
      }
      return text;
    };
  }

  private static IntFunction<String> template(PromptTemplate template, VectorSchemaRoot batch) {
    Map<String, ColumnText> columns = new HashMap<>();
    for (String name : template.columns()) {
      columns.put(
          name, ColumnRendering.of(InputColumn.of(batch, name), name, ErrorCode.PROMPT_INVALID));
    }
    return row -> template.render(name -> columns.get(name).at(row));
  }
}

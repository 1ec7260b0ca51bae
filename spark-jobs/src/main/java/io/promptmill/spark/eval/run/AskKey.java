package io.promptmill.spark.eval.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.io.Sha256;
import io.promptmill.udf.ModelSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Identity of an ask by its content: everything that the answer depends on and nothing else, so
 * that equal questions of several tasks are asked once and a task that is renamed keeps its
 * answers.
 */
final class AskKey {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES = 16;

  private AskKey() {}

  /** First 128 bits, in hexadecimal, of SHA-256 over the JSON of model and ask. */
  static String of(ModelSpec model, String revision, Ask ask) {
    List<Object> content = new ArrayList<>();
    content.add(List.of(revision, model.dtype(), model.maxSequenceTokens()));
    if (ask instanceof Ask.Score score) {
      content.add(List.of("score", context(score.context()), score.continuations()));
    } else if (ask instanceof Ask.WholeText whole) {
      content.add(List.of("whole text", whole.text()));
    } else if (ask instanceof Ask.Generate generate) {
      content.add(List.of("generate", context(generate.context()), generate.settings()));
    }
    try {
      byte[] hash = Sha256.bytes(JSON.writeValueAsString(content));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an ask of plain values does not become JSON", e);
    }
  }

  private static Object context(PromptText context) {
    return context instanceof PromptText.Plain plain
        ? plain.text()
        : ((PromptText.Conversation) context)
            .turns().stream().map(turn -> List.of(turn.role(), turn.content())).toList();
  }
}

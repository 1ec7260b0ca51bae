package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.spark.sql.Row;

/** A choice of a chat completion. */
final class ChatAnswer {
  private ChatAnswer() {}

  static ObjectNode choice(int index, Row sample, boolean logprobs) {
    ObjectNode choice = JsonNodeFactory.instance.objectNode().put("index", index);
    choice
        .putObject("message")
        .put("role", "assistant")
        .put("content", sample.<String>getAs("text"))
        .putNull("refusal");
    if (logprobs) {
      List<Row> tokens = sample.getList(sample.fieldIndex("logprobs"));
      ArrayNode content = choice.putObject("logprobs").putArray("content");
      tokens.forEach(token -> content.add(token(token)));
      ((ObjectNode) choice.get("logprobs")).putNull("refusal");
    } else {
      choice.putNull("logprobs");
    }
    return choice.put("finish_reason", sample.<String>getAs("finish_reason"));
  }

  private static ObjectNode token(Row token) {
    ObjectNode entry = entry(token.getAs("bytes"), token.<Float>getAs("logprob"));
    ArrayNode top = entry.putArray("top_logprobs");
    List<byte[]> bytes = token.getList(token.fieldIndex("top_bytes"));
    List<Float> values = token.getList(token.fieldIndex("top_logprobs"));
    for (int i = 0; i < bytes.size(); i++) {
      top.add(entry(bytes.get(i), values.get(i)));
    }
    return entry;
  }

  private static ObjectNode entry(byte[] bytes, float logprob) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("token", TokenText.of(bytes));
    entry.put("logprob", TokenText.logprob(logprob));
    entry.set("bytes", TokenText.bytes(bytes));
    return entry;
  }
}

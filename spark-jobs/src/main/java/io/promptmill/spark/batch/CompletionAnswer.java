package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.spark.sql.Row;

/** A choice of a completion. */
final class CompletionAnswer {
  private CompletionAnswer() {}

  static ObjectNode choice(int index, Row sample, boolean logprobs) {
    ObjectNode choice =
        JsonNodeFactory.instance
            .objectNode()
            .put("index", index)
            .put("text", sample.<String>getAs("text"));
    if (logprobs) {
      choice.set("logprobs", logprobs(sample.getList(sample.fieldIndex("logprobs"))));
    } else {
      choice.putNull("logprobs");
    }
    return choice.put("finish_reason", sample.<String>getAs("finish_reason"));
  }

  /** Four lists of equal length; a place in the text counts Unicode characters. */
  private static ObjectNode logprobs(List<Row> entries) {
    ObjectNode logprobs = JsonNodeFactory.instance.objectNode();
    ArrayNode tokens = logprobs.putArray("tokens");
    ArrayNode values = logprobs.putArray("token_logprobs");
    ArrayNode tops = logprobs.putArray("top_logprobs");
    ArrayNode offsets = logprobs.putArray("text_offset");
    int offset = 0;
    for (Row entry : entries) {
      byte[] bytes = entry.getAs("bytes");
      tokens.add(TokenText.of(bytes));
      values.add(TokenText.logprob(entry.<Float>getAs("logprob")));
      offsets.add(offset);
      offset += TokenText.characters(bytes);
      ObjectNode top = tops.addObject();
      List<byte[]> topBytes = entry.getList(entry.fieldIndex("top_bytes"));
      List<Float> topValues = entry.getList(entry.fieldIndex("top_logprobs"));
      for (int i = 0; i < topBytes.size(); i++) {
        top.put(TokenText.of(topBytes.get(i)), TokenText.logprob(topValues.get(i)));
      }
    }
    return logprobs;
  }
}

package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.udf.ResultSchemas;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Bodies of responses, from what the model answered to a request's parts.
 *
 * @param created s since 1970
 * @param model what to call the model where the request does not
 */
public record ResponseBodies(long created, String model) implements Serializable {

  /**
   * @param parts with the model's results, none of them an error
   */
  ObjectNode of(BatchLine line, List<Row> parts) {
    BatchRequest request = line.request();
    String name = request.model() == null ? model : request.model();
    return switch (request.endpoint()) {
      case CHAT -> {
        ObjectNode body = head("chatcmpl-" + line.id(), "chat.completion", name);
        yield completions(body, request, parts, ChatAnswer::choice);
      }
      case COMPLETIONS -> {
        ObjectNode body = head("cmpl-" + line.id(), "text_completion", name);
        yield completions(body, request, parts, CompletionAnswer::choice);
      }
      case EMBEDDINGS -> EmbeddingAnswer.body(name, request.base64(), parts);
    };
  }

  private ObjectNode head(String id, String object, String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", name);
  }

  /** One of the completions as an endpoint writes it. */
  private interface Choice {
    ObjectNode write(int index, Row sample, boolean logprobs);
  }

  private static ObjectNode completions(
      ObjectNode body, BatchRequest request, List<Row> parts, Choice choice) {
    var choices = body.putArray("choices");
    int promptTokens = 0;
    int cachedTokens = 0;
    int completionTokens = 0;
    String revision = null;
    for (Row part : parts) {
      Row response = part.getAs(ResultSchemas.RESPONSE);
      promptTokens += response.<Integer>getAs("prompt_tokens");
      cachedTokens += response.<Integer>getAs("cached_tokens");
      revision = response.getAs("model_revision");
      List<Row> samples = response.getList(response.fieldIndex("samples"));
      for (Row sample : samples) {
        completionTokens += sample.<Integer>getAs("completion_tokens");
        choices.add(choice.write(choices.size(), sample, request.logprobs()));
      }
    }
    ObjectNode usage = body.putObject("usage");
    usage.put("prompt_tokens", promptTokens);
    usage.put("completion_tokens", completionTokens);
    usage.put("total_tokens", promptTokens + completionTokens);
    usage.putObject("prompt_tokens_details").put("cached_tokens", cachedTokens);
    return body.put("system_fingerprint", revision);
  }
}

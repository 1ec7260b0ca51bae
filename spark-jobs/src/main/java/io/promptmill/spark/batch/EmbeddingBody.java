package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The body of a request for embeddings. */
final class EmbeddingBody {
  private EmbeddingBody() {}

  static BatchRequest read(BodyFields body, String model) {
    List<JsonNode> inputs = TextOrTokens.read(body, "input");
    String format = body.text("encoding_format").orElse("float");
    if (!format.equals("float") && !format.equals("base64")) {
      throw RequestRefused.value(
          body.param("encoding_format"), "'float' or 'base64'", "'" + format + "'");
    }
    body.ignore(BodyRules.IGNORED);
    body.requireNeutral(BodyRules.EMBEDDING);
    body.requireNoOthers();
    return new BatchRequest(
        Endpoint.EMBEDDINGS,
        model,
        1,
        false,
        format.equals("base64"),
        inputs.stream().map(input -> new BatchRequest.Part(input.toString(), null)).toList());
  }
}

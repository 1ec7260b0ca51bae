package io.promptmill.spark.batch;

import io.promptmill.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * A part that the model gave an error for.
 *
 * @param category an {@link ErrorCode}'s name
 */
record ModelFailure(String category, String message) {

  /**
   * The first of them.
   *
   * @param column of the parts' results
   */
  static Optional<ModelFailure> in(List<Row> parts, String column) {
    return parts.stream()
        .map(part -> part.<Row>getAs(column).<Row>getAs("error"))
        .filter(error -> error != null)
        .findFirst()
        .map(error -> new ModelFailure(error.getString(0), error.getString(1)));
  }

  /** What the endpoint would say. */
  Refusal refusal(Endpoint endpoint) {
    String prompt =
        switch (endpoint) {
          case CHAT -> "messages";
          case COMPLETIONS -> "prompt";
          case EMBEDDINGS -> "input";
        };
    if (category.equals(ErrorCode.PROMPT_TOO_LONG.name())) {
      return Refusal.OfRequest.invalid("context_length_exceeded", prompt, message);
    } else if (category.equals(ErrorCode.PROMPT_INVALID.name())
        || category.equals(ErrorCode.TEMPLATE_FAILED.name())) {
      return Refusal.OfRequest.invalid("invalid_value", prompt, message);
    } else if (category.equals(ErrorCode.REQUEST_INVALID.name())) {
      return Refusal.OfRequest.invalid("invalid_value", null, message);
    }
    return new Refusal.OfRequest(500, "server_error", null, null, message);
  }
}

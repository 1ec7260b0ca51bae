package io.promptmill.spark.batch;

import java.util.List;

/**
 * A line's request.
 *
 * @param model as the body names it, null where it does not
 * @param choices completions of each prompt; 1 for embeddings
 * @param logprobs whether log-probabilities of tokens are answered
 * @param base64 whether embeddings are answered as base64
 * @param parts at least one
 */
record BatchRequest(
    Endpoint endpoint,
    String model,
    int choices,
    boolean logprobs,
    boolean base64,
    List<Part> parts) {
  BatchRequest {
    parts = List.copyOf(parts);
  }

  /**
   * One question for the model.
   *
   * @param prompt JSON of a text, messages or token ids
   * @param parameters JSON of what is particular about the completion; null for embeddings
   */
  record Part(String prompt, String parameters) {}
}

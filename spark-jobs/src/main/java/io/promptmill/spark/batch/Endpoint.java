package io.promptmill.spark.batch;

import java.util.Optional;
import java.util.stream.Stream;

/** What a request asks for. */
enum Endpoint {
  CHAT("/v1/chat/completions"),
  COMPLETIONS("/v1/completions"),
  EMBEDDINGS("/v1/embeddings");

  private final String url;

  Endpoint(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }

  static Optional<Endpoint> of(String url) {
    return Stream.of(values()).filter(endpoint -> endpoint.url.equals(url)).findFirst();
  }
}

package io.promptmill.udf;

import io.promptmill.engine.Engine;
import io.promptmill.engine.Request;
import io.promptmill.engine.ScoreResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One result for all requests of a row. */
final class JoinedRequests {

  private JoinedRequests() {}

  /**
   * Submits all; cancelling the result cancels them.
   *
   * @param join makes the row's result of those of the requests, in their order, so that it does
   *     not depend on who was done first
   */
  static <T> CompletableFuture<T> submit(
      Engine engine, List<Request.Score> requests, Function<List<ScoreResult>, T> join) {
    List<CompletableFuture<ScoreResult>> parts = new ArrayList<>(requests.size());
    for (Request.Score request : requests) {
      parts.add(engine.submit(request));
    }
    CompletableFuture<T> whole =
        CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
            .thenApply(done -> join.apply(parts.stream().map(CompletableFuture::join).toList()));
    CompletableFuture<T> unused =
        whole.whenComplete((result, failure) -> parts.forEach(part -> part.cancel(false)));
    return whole;
  }
}

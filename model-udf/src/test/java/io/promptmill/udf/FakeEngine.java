package io.promptmill.udf;

import io.promptmill.engine.Completion;
import io.promptmill.engine.ContinuationScore;
import io.promptmill.engine.EmbedResult;
import io.promptmill.engine.Engine;
import io.promptmill.engine.EngineMetrics;
import io.promptmill.engine.FinishReason;
import io.promptmill.engine.GenerateResult;
import io.promptmill.engine.Request;
import io.promptmill.engine.ScoreResult;
import io.promptmill.engine.StopCondition;
import io.promptmill.engine.TokenLogprob;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.model.ModelInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * Gives the prompt back as the completion, and minus the sum of its ids as a continuation's
 * log-likelihood. Tests replace either to fail, to wait, or to answer something else.
 */
final class FakeEngine implements Engine {

  static final String REVISION = "cafe";

  final int maxSequenceTokens;
  final List<Request> requests = new ArrayList<>();

  /** Open until the engine is closed. */
  final CountDownLatch closing = new CountDownLatch(1);

  Function<Request.Generate, CompletableFuture<GenerateResult>> onGenerate =
      request -> CompletableFuture.completedFuture(echo(request));
  Function<Request.Score, CompletableFuture<ScoreResult>> onScore =
      request -> CompletableFuture.completedFuture(score(request));

  FakeEngine(int maxSequenceTokens) {
    this.maxSequenceTokens = maxSequenceTokens;
  }

  static GenerateResult echo(Request.Generate request) {
    List<Completion> completions = new ArrayList<>();
    for (int i = 0; i < request.params().n(); i++) {
      completions.add(echo(request, request.stop().get()));
    }
    return new GenerateResult(completions, request.prompt().length, 1);
  }

  private static Completion echo(Request.Generate request, StopCondition stop) {
    int[] ids =
        Arrays.copyOf(
            request.prompt(), Math.min(request.prompt().length, request.params().maxTokens()));
    FinishReason reason = FinishReason.LENGTH;
    for (int i = 0; i < ids.length; i++) {
      if (stop.accept(ids[i])) {
        ids = Arrays.copyOf(ids, i + 1);
        reason = FinishReason.STOP;
      }
    }
    List<TokenLogprob> logprobs =
        request.params().logprobs() < 0
            ? List.of()
            : Arrays.stream(ids)
                .mapToObj(
                    id -> new TokenLogprob(id, -id, new int[] {id, 7}, new float[] {-id, -9.5f}))
                .toList();
    return new Completion(ids, reason, logprobs);
  }

  static ScoreResult score(Request.Score request) {
    List<ContinuationScore> scores = new ArrayList<>();
    for (int[] ids : request.continuations()) {
      float[] logprobs = new float[request.tokenLogprobs() ? ids.length : 0];
      for (int i = 0; i < logprobs.length; i++) {
        logprobs[i] = -ids[i];
      }
      scores.add(new ContinuationScore(-Arrays.stream(ids).sum(), ids[0] % 2 == 0, logprobs));
    }
    return new ScoreResult(scores, request.context().length, 1);
  }

  @Override
  public CompletableFuture<GenerateResult> submit(Request.Generate request) {
    requests.add(request);
    return request.prompt().length >= maxSequenceTokens
        ? tooLong(request.prompt().length)
        : onGenerate.apply(request);
  }

  @Override
  public CompletableFuture<ScoreResult> submit(Request.Score request) {
    requests.add(request);
    int longest = request.continuations().stream().mapToInt(ids -> ids.length).max().orElse(0);
    return request.context().length + longest - 1 > maxSequenceTokens
        ? tooLong(request.context().length + longest)
        : onScore.apply(request);
  }

  /** The ids themselves. */
  @Override
  public CompletableFuture<EmbedResult> submit(Request.Embed request) {
    requests.add(request);
    float[] hidden = new float[request.prompt().length];
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = request.prompt()[i];
    }
    return hidden.length > maxSequenceTokens
        ? tooLong(hidden.length)
        : CompletableFuture.completedFuture(new EmbedResult(hidden, hidden.length, 1));
  }

  private static <T> CompletableFuture<T> tooLong(int length) {
    return CompletableFuture.failedFuture(
        new PromptmillException(ErrorCode.PROMPT_TOO_LONG, length + " tokens"));
  }

  @Override
  public ModelInfo model() {
    return new ModelInfo("Fake", REVISION, 300, maxSequenceTokens, "float32", List.of(), 0, 0);
  }

  @Override
  public int maxSequenceTokens() {
    return maxSequenceTokens;
  }

  @Override
  public EngineMetrics metrics() {
    return new EngineMetrics(0, 0, 0, 0, 0, 0, requests.size(), 0, 0, 0, 0, 0, 0);
  }

  @Override
  public boolean isOpen() {
    return closing.getCount() > 0;
  }

  @Override
  public void close() {
    closing.countDown();
  }
}

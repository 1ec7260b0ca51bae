package io.promptmill.engine;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Turns requests into tasks, or refuses them with what is wrong. Thread-safe. */
final class RequestIntake {
  private final int vocabSize;
  private final int maxSequenceTokens;
  private final int[] eosTokenIds;

  RequestIntake(int vocabSize, int maxSequenceTokens, int[] eosTokenIds) {
    this.vocabSize = vocabSize;
    this.maxSequenceTokens = maxSequenceTokens;
    // A config may name more tokens than the model has; those never come.
    this.eosTokenIds = IntStream.of(eosTokenIds).filter(id -> id < vocabSize).toArray();
  }

  /**
   * @throws PromptmillException with {@code PROMPT_INVALID}, {@code OPTION_INVALID} or {@code
   *     PROMPT_TOO_LONG}
   */
  GenerateTask task(Request.Generate request) {
    SamplingParams params = request.params();
    SamplingLimits.check(params, vocabSize);
    int[] prompt = request.prompt().clone();
    checkTokens(prompt, "prompt", ErrorCode.PROMPT_INVALID);
    int room = maxSequenceTokens - prompt.length;
    if (room < 1) {
      throw new PromptmillException(
          ErrorCode.PROMPT_TOO_LONG,
          "prompt has %d tokens, prompt and completion together may have %d"
              .formatted(prompt.length, maxSequenceTokens));
    }
    int[] ending =
        IntStream.concat(
                params.ignoreEos() ? IntStream.empty() : IntStream.of(eosTokenIds),
                params.stopTokenIds().stream().mapToInt(Integer::intValue))
            .distinct()
            .toArray();
    int maxTokens = Math.min(params.maxTokens(), room);
    if (request.constraint().isPresent()) {
      ConstraintLimits.check(request.constraint().get(), params, prompt.length, room, ending);
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < params.n(); i++) {
      samples.add(
          new Sample(
              params,
              prompt,
              ending,
              maxTokens,
              request.stop().get(),
              new RowSeed(params.seed(), request.rowKey(), i),
              request.constraint()));
    }
    return new GenerateTask(prompt, samples);
  }

  /**
   * @throws PromptmillException with {@code PROMPT_INVALID}, {@code CANDIDATES_INVALID} or {@code
   *     PROMPT_TOO_LONG}
   */
  ScoreTask task(Request.Score request) {
    int[] context = request.context().clone();
    checkTokens(context, "context", ErrorCode.PROMPT_INVALID);
    int[][] candidates = new int[request.continuations().size()][];
    if (candidates.length == 0) {
      throw new PromptmillException(ErrorCode.CANDIDATES_INVALID, "there are no continuations");
    }
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = request.continuations().get(i).clone();
      checkTokens(candidates[i], "continuation " + i, ErrorCode.CANDIDATES_INVALID);
      // The last token is looked up, not run, so it takes no room.
      if ((long) context.length + candidates[i].length - 1 > maxSequenceTokens) {
        throw new PromptmillException(
            ErrorCode.PROMPT_TOO_LONG,
            "context of %d tokens and continuation %d of %d need %d positions, there are %d"
                .formatted(
                    context.length,
                    i,
                    candidates[i].length,
                    context.length + candidates[i].length - 1,
                    maxSequenceTokens));
      }
    }
    return new ScoreTask(context, candidates, request.tokenLogprobs());
  }

  /**
   * @throws PromptmillException with {@code PROMPT_INVALID} or {@code PROMPT_TOO_LONG}
   */
  EmbedTask task(Request.Embed request) {
    int[] prompt = request.prompt().clone();
    checkTokens(prompt, "prompt", ErrorCode.PROMPT_INVALID);
    if (prompt.length > maxSequenceTokens) {
      throw new PromptmillException(
          ErrorCode.PROMPT_TOO_LONG,
          "prompt has %d tokens, it may have %d".formatted(prompt.length, maxSequenceTokens));
    }
    return new EmbedTask(prompt, request.pooling());
  }

  private void checkTokens(int[] tokens, String name, ErrorCode code) {
    if (tokens.length == 0) {
      throw new PromptmillException(code, name + " has no tokens, needs at least one");
    }
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= vocabSize) {
        throw new PromptmillException(
            code,
            "%s has token id %d at index %d, the vocabulary has ids 0 to %d"
                .formatted(name, tokens[i], i, vocabSize - 1));
      }
    }
  }
}

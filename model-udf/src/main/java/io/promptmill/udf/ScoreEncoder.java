package io.promptmill.udf;

import io.promptmill.engine.Request;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.Tokenizer;
import io.promptmill.text.python.PythonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is context and what is continuation, by the token rules of lm-evaluation-harness 0.4.13
 * ({@code TemplateLM.loglikelihood}, {@code _encode_pair} and {@code loglikelihood_rolling}).
 */
final class ScoreEncoder {

  private final Tokenizer tokenizer;
  private final PromptEncoder prompts;
  private final boolean tokenLogprobs;

  ScoreEncoder(Tokenizer tokenizer, boolean tokenLogprobs) {
    this.tokenizer = tokenizer;
    this.prompts = new PromptEncoder(tokenizer);
    this.tokenLogprobs = tokenLogprobs;
  }

  /**
   * The candidates after the prompt. White space at the prompt's end counts to each candidate; a
   * candidate's tokens are those of prompt and candidate together, less as many as the prompt has,
   * so that a token across the border belongs to neither side alone. An empty prompt is BOS, else
   * EOS.
   *
   * @throws PromptmillException with {@link ErrorCode#CANDIDATES_INVALID} if a candidate has no
   *     token of its own
   */
  Request.Score candidates(Prompt source, List<String> candidates) {
    PromptText prompt = PromptText.of(source, tokenizer);
    int[] context = prompt.encode(tokenizer, PythonText.stripEnd(prompt.text()).length());
    List<int[]> continuations = new ArrayList<>(candidates.size());
    for (String candidate : candidates) {
      int[] whole = prompt.encodeWith(tokenizer, candidate);
      if (whole.length <= context.length) {
        throw new PromptmillException(
            ErrorCode.CANDIDATES_INVALID,
            "candidate "
                + continuations.size()
                + ": expected at least one token beyond the prompt's "
                + context.length
                + ", found none in '"
                + candidate
                + "'");
      }
      continuations.add(Arrays.copyOfRange(whole, context.length, whole.length));
    }
    int[] headed = prompts.withBos(context);
    int[] nonEmpty = headed.length > 0 ? headed : new int[] {prompts.prefixToken()};
    return new Request.Score(nonEmpty, continuations, tokenLogprobs);
  }

  /**
   * A whole text in rolling windows, each token predicted once; BOS, else EOS, stands before it and
   * is not predicted.
   *
   * @param maxInputTokens tokens of one window that go through the model at most
   * @throws PromptmillException with {@link ErrorCode#PROMPT_INVALID} if the text has no token
   */
  List<Request.Score> wholeText(Prompt source, int maxInputTokens) {
    PromptText prompt = PromptText.of(source, tokenizer);
    int prefix = prompts.prefixToken();
    int[] tokens = prompt.encode(tokenizer, prompt.text().length());
    if (tokens.length > 0 && tokens[0] == prefix) {
      tokens = Arrays.copyOfRange(tokens, 1, tokens.length);
    }
    if (tokens.length == 0) {
      throw new PromptmillException(
          ErrorCode.PROMPT_INVALID, "expected a text of at least one token, found an empty one");
    }
    return RollingWindows.of(tokens, prefix, maxInputTokens).stream()
        .map(
            window ->
                new Request.Score(window.context(), List.of(window.predicted()), tokenLogprobs))
        .toList();
  }
}

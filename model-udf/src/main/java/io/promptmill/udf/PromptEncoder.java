package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.Tokenizer;

/** Prompts as the model reads them: token ids with one BOS at the head where it wants one. */
final class PromptEncoder {

  private final Tokenizer tokenizer;

  PromptEncoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Token ids of a prompt to continue, at least one.
   *
   * @throws PromptmillException with {@link ErrorCode#PROMPT_INVALID} if there is not a single
   *     token
   */
  int[] encode(Prompt prompt) {
    int[] tokens =
        prompt instanceof Prompt.Tokens given
            ? given.tokens()
            : withBos(tokenizer.encode(((Prompt.Raw) prompt).text()));
    if (tokens.length == 0) {
      throw new PromptmillException(
          ErrorCode.PROMPT_INVALID,
          "expected a prompt of at least one token, found an empty text, and the model has no BOS"
              + " to put before it");
    }
    return tokens;
  }

  /** The ids headed by BOS if the checkpoint asks for it and they are not yet. */
  int[] withBos(int[] tokens) {
    int bos = tokenizer.bosTokenId();
    if (!tokenizer.addBosToken() || (tokens.length > 0 && tokens[0] == bos)) {
      return tokens;
    }
    return prepend(bos, tokens);
  }

  /**
   * The token that stands for an empty context: BOS, else EOS.
   *
   * @throws PromptmillException with {@link ErrorCode#PROMPT_INVALID} if the model has neither
   */
  int prefixToken() {
    int prefix = tokenizer.bosTokenId() >= 0 ? tokenizer.bosTokenId() : tokenizer.eosTokenId();
    if (prefix < 0) {
      throw new PromptmillException(
          ErrorCode.PROMPT_INVALID,
          "expected a context, found an empty text, and the model has neither BOS nor EOS to stand"
              + " for it");
    }
    return prefix;
  }

  private static int[] prepend(int first, int[] rest) {
    int[] tokens = new int[rest.length + 1];
    tokens[0] = first;
    System.arraycopy(rest, 0, tokens, 1, rest.length);
    return tokens;
  }
}

package io.promptmill.udf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a text into windows so that each of its tokens is predicted once, with as much context as
 * fits: {@code get_rolling_token_windows} with {@code context_len} 1 and {@code
 * make_disjoint_window} of lm-evaluation-harness 0.4.13.
 */
final class RollingWindows {

  /** Tokens to predict and the tokens before them, at least one of each. */
  record Window(int[] context, int[] predicted) {}

  private RollingWindows() {}

  /**
   * @param tokens of the text, without BOS
   * @param prefixToken stands before the first token
   * @param maxInputTokens tokens that go through the model for one window at most; the last
   *     predicted token does not go through it
   */
  static List<Window> of(int[] tokens, int prefixToken, int maxInputTokens) {
    List<Window> windows = new ArrayList<>();
    for (int done = 0; done < tokens.length; ) {
      int end = Math.min(tokens.length, done + maxInputTokens);
      int[] predicted = Arrays.copyOfRange(tokens, done, end);
      int[] context =
          done == 0
              ? new int[] {prefixToken}
              : Arrays.copyOfRange(tokens, end - maxInputTokens - 1, done);
      windows.add(new Window(context, predicted));
      done = end;
    }
    return windows;
  }
}

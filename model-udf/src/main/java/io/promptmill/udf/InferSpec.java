package io.promptmill.udf;

import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import java.io.Serializable;
import java.util.List;

/** What to compute for every row; the driver sends it to executors. */
public sealed interface InferSpec extends Serializable {

  PromptSpec prompt();

  /**
   * @param sampling how to draw
   * @param stop texts that end a completion; the completion's text is cut before them; none with a
   *     constraint
   * @param constraint the form that every completion has
   */
  record Generate(
      PromptSpec prompt, SamplingParams sampling, List<String> stop, OutputConstraint constraint)
      implements InferSpec {
    public Generate {
      stop = List.copyOf(stop);
    }

    /** Without a constraint. */
    public Generate(PromptSpec prompt, SamplingParams sampling, List<String> stop) {
      this(prompt, sampling, stop, OutputConstraint.NONE);
    }
  }

  /** The last hidden state of every row's text. */
  record Embed(PromptSpec prompt) implements InferSpec {}

  /** How many tokens every row's text has, without any that the model puts before it. */
  record CountTokens(PromptSpec prompt) implements InferSpec {}

  /**
   * @param candidates continuations of the prompt
   * @param tokenLogprobs whether log-probabilities of single tokens are written too
   */
  record Score(PromptSpec prompt, CandidateSource candidates, boolean tokenLogprobs)
      implements InferSpec {}
}

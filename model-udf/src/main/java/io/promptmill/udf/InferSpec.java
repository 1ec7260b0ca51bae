package io.promptmill.udf;

import io.promptmill.engine.Pooling;
import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** What to compute for every row; the driver sends it to executors. */
public sealed interface InferSpec extends Serializable {

  PromptSpec prompt();

  /**
   * @param sampling how to draw
   * @param stop texts that end a completion; the completion's text is cut before them; none with a
   *     constraint
   * @param constraint the form that every completion has
   * @param parametersColumn text column with parameters of the row's own, which come before the
   *     three above, as {@link RowParameters} reads them; null for none
   */
  record Generate(
      PromptSpec prompt,
      SamplingParams sampling,
      List<String> stop,
      OutputConstraint constraint,
      String parametersColumn)
      implements InferSpec {
    public Generate {
      stop = List.copyOf(stop);
    }

    /** All rows alike. */
    public Generate(
        PromptSpec prompt,
        SamplingParams sampling,
        List<String> stop,
        OutputConstraint constraint) {
      this(prompt, sampling, stop, constraint, null);
    }

    /** Without a constraint. */
    public Generate(PromptSpec prompt, SamplingParams sampling, List<String> stop) {
      this(prompt, sampling, stop, OutputConstraint.NONE);
    }

    Optional<String> parameters() {
      return Optional.ofNullable(parametersColumn);
    }
  }

  /** The hidden states of every row's text, in one. */
  record Embed(PromptSpec prompt, Pooling pooling) implements InferSpec {}

  /** How many tokens every row's text has, without any that the model puts before it. */
  record CountTokens(PromptSpec prompt) implements InferSpec {}

  /**
   * @param candidates continuations of the prompt
   * @param tokenLogprobs whether log-probabilities of single tokens are written too
   */
  record Score(PromptSpec prompt, CandidateSource candidates, boolean tokenLogprobs)
      implements InferSpec {}
}

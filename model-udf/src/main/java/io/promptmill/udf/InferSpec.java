package io.promptmill.udf;

import io.promptmill.engine.SamplingParams;
import java.io.Serializable;
import java.util.List;

/** What to compute for every row; the driver sends it to executors. */
public sealed interface InferSpec extends Serializable {

  PromptSpec prompt();

  /**
   * @param sampling how to draw
   * @param stop texts that end a completion; the completion's text is cut before them
   */
  record Generate(PromptSpec prompt, SamplingParams sampling, List<String> stop)
      implements InferSpec {
    public Generate {
      stop = List.copyOf(stop);
    }
  }

  /**
   * @param candidates continuations of the prompt
   * @param tokenLogprobs whether log-probabilities of single tokens are written too
   */
  record Score(PromptSpec prompt, CandidateSource candidates, boolean tokenLogprobs)
      implements InferSpec {}
}

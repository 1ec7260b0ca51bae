package io.promptmill.spark.eval.run;

import io.promptmill.spark.eval.PromptText;
import java.util.List;

/** One row for the model. */
sealed interface Ask {

  /** Log-likelihoods of the continuations after one context. */
  record Score(PromptText context, List<String> continuations) implements Ask {
    public Score {
      continuations = List.copyOf(continuations);
    }
  }

  /** Log-likelihood of a whole text. */
  record WholeText(String text) implements Ask {}

  /** As many completions as the settings say. */
  record Generate(PromptText context, GenerationSettings settings) implements Ask {}
}

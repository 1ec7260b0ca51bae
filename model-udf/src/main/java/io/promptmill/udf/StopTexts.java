package io.promptmill.udf;

import io.promptmill.engine.StopCondition;
import io.promptmill.text.StopStrings;
import io.promptmill.text.Tokenizer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Texts that end a completion, and what the completion's text is without them. A text that is a
 * special token's content means that token, which no text has.
 */
final class StopTexts {

  private final Tokenizer tokenizer;
  private final List<String> texts;
  private final Set<Integer> specialTokens;

  StopTexts(Tokenizer tokenizer, List<String> texts) {
    this.tokenizer = tokenizer;
    this.texts = texts;
    this.specialTokens =
        texts.stream()
            .map(tokenizer::idOf)
            .filter(id -> id >= 0 && tokenizer.isSpecial(id))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** A condition for one completion. */
  StopCondition condition() {
    if (texts.isEmpty()) {
      return StopCondition.NEVER;
    }
    StopStrings stops = watch();
    return tokenId -> stops.accept(tokenId) || specialTokens.contains(tokenId);
  }

  /** Text of the tokens, without special tokens, up to the first stop text. */
  String text(int[] tokenIds) {
    StopStrings stops = watch();
    for (int tokenId : tokenIds) {
      stops.accept(tokenId);
    }
    return stops.finish();
  }

  private StopStrings watch() {
    return new StopStrings(tokenizer, texts, true);
  }
}

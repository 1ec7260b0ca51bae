package io.promptmill.spark.job;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.udf.CheckpointFacts;
import java.util.HashMap;
import java.util.Map;

/**
 * Conversations as the text that the chat template makes of them: what lm-evaluation-harness logs
 * and hashes.
 */
final class RenderedItems {
  private RenderedItems() {}

  static ItemOutcome of(ItemOutcome outcome, CheckpointFacts checkpoint) {
    EvaluationItem item = outcome.item();
    return new ItemOutcome(
        new EvaluationItem(
            item.task(),
            item.docId(),
            item.document(),
            item.target(),
            item.choices(),
            rendered(item.call(), checkpoint)),
        outcome.answer(),
        outcome.tokens());
  }

  private static ModelCall rendered(ModelCall call, CheckpointFacts checkpoint) {
    if (call instanceof ModelCall.Loglikelihood scored) {
      // Usually all candidates have one context, which is then rendered and kept once.
      Map<PromptText, PromptText> texts = new HashMap<>();
      return new ModelCall.Loglikelihood(
          scored.pairs().stream()
              .map(
                  pair ->
                      new ModelCall.Pair(
                          texts.computeIfAbsent(
                              pair.context(), context -> rendered(context, checkpoint)),
                          pair.continuation()))
              .toList());
    }
    if (call instanceof ModelCall.GenerateUntil generate) {
      return new ModelCall.GenerateUntil(
          rendered(generate.context(), checkpoint), generate.settings(), generate.repeats());
    }
    return call;
  }

  private static PromptText rendered(PromptText context, CheckpointFacts checkpoint) {
    if (!(context instanceof PromptText.Conversation conversation)) {
      return context;
    }
    return new PromptText.Plain(
        checkpoint.render(
            conversation.turns().stream()
                .map(turn -> new CheckpointFacts.Turn(turn.role(), turn.content()))
                .toList()));
  }
}

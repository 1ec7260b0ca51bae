package io.promptmill.spark.eval.run;

import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.ModelCall.Pair;
import io.promptmill.spark.eval.PromptText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Items for tests. */
final class Items {
  private Items() {}

  static EvaluationItem item(int docId, ModelCall call) {
    return new EvaluationItem("task", docId, new Document(Map.of()), "0", List.of(), call);
  }

  static ModelCall choice(String context, String... continuations) {
    PromptText text = new PromptText.Plain(context);
    return new ModelCall.Loglikelihood(
        Arrays.stream(continuations).map(each -> new Pair(text, each)).toList());
  }

  /** As winogrande asks: contexts differ, the continuation is the same. */
  static ModelCall contexts(String continuation, String... contexts) {
    return new ModelCall.Loglikelihood(
        Arrays.stream(contexts)
            .map(each -> new Pair(new PromptText.Plain(each), continuation))
            .toList());
  }

  static ModelCall generate(String context, Map<String, Object> settings, int repeats) {
    return new ModelCall.GenerateUntil(new PromptText.Plain(context), settings, repeats);
  }

  static ModelCall chat(String question, Map<String, Object> settings) {
    return new ModelCall.GenerateUntil(
        new PromptText.Conversation(List.of(new PromptText.Turn("user", question))), settings, 1);
  }
}

package io.promptmill.spark.eval.result;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.eval.PromptText;
import io.promptmill.spark.eval.score.SampleScore;
import io.promptmill.spark.io.Sha256;
import io.promptmill.text.python.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code samples_<task>_<date>.jsonl} with lm-evaluation-harness's keys in its order,
 * and what only Promptmill knows under {@code promptmill}.
 */
final class SampleLine {
  private final SampleScore sample;
  private final EvaluationItem item;

  SampleLine(SampleScore sample) {
    this.sample = sample;
    this.item = sample.outcome().item();
  }

  /** Without line feed. */
  String json() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("doc_id", item.docId());
    line.put("doc", item.document().fields());
    line.put("target", item.target());
    line.put("arguments", arguments());
    line.put("resps", texts(sample.responses()));
    line.put("filtered_resps", texts(sample.filtered()));
    line.put("filter", sample.filter());
    line.put("metrics", List.copyOf(sample.values().keySet()));
    line.put("doc_hash", documentHash());
    line.put("prompt_hash", promptHash());
    line.put("target_hash", targetHash());
    sample.values().forEach((metric, value) -> line.put(metric, value.logged()));
    line.put("promptmill", ours());
    return PythonJson.compact(line);
  }

  /** The part of {@code task_hashes} that is over this sample. */
  String hashes() {
    return documentHash() + promptHash() + targetHash();
  }

  private String documentHash() {
    return Sha256.of(PythonJson.indented(item.document().fields()));
  }

  private String promptHash() {
    return Sha256.of(String.valueOf(requests().get(0).get(0)));
  }

  private String targetHash() {
    return Sha256.of(item.target());
  }

  private Map<String, Object> arguments() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (List<Object> request : requests()) {
      Map<String, Object> named = new LinkedHashMap<>();
      for (Object argument : request) {
        named.put("arg_" + named.size(), argument);
      }
      arguments.put("gen_args_" + arguments.size(), named);
    }
    return arguments;
  }

  /** For each request what the model was given. */
  private List<List<Object>> requests() {
    if (item.call() instanceof ModelCall.Loglikelihood call) {
      return call.pairs().stream()
          .map(pair -> List.<Object>of(text(pair.context()), pair.continuation()))
          .toList();
    }
    if (item.call() instanceof ModelCall.GenerateUntil call) {
      return List.of(List.of(text(call.context()), call.settings()));
    }
    return List.of(List.of(((ModelCall.LoglikelihoodRolling) item.call()).text()));
  }

  /** A conversation is logged as the harness logs one that a server renders. */
  private static String text(PromptText prompt) {
    if (prompt instanceof PromptText.Plain plain) {
      return plain.text();
    }
    List<Object> turns = new ArrayList<>();
    for (PromptText.Turn turn : ((PromptText.Conversation) prompt).turns()) {
      Map<String, Object> logged = new LinkedHashMap<>();
      logged.put("role", turn.role());
      logged.put("content", turn.content());
      turns.add(logged);
    }
    return PythonJson.compact(turns);
  }

  /** Every value within the lists as Python's {@code str()} of it. */
  private static Object texts(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(SampleLine::texts).toList();
    }
    if (value instanceof ModelAnswer.Likelihood likelihood) {
      return List.of(PythonText.str(likelihood.sum()), PythonText.str(likelihood.greedy()));
    }
    return PythonText.str(value);
  }

  private Map<String, Object> ours() {
    ItemOutcome.TokenUse tokens = sample.outcome().tokens();
    Map<String, Object> ours = new LinkedHashMap<>();
    ours.put("prompt_tokens", tokens.prompt());
    ours.put("cached_tokens", tokens.cached());
    ours.put("asked_tokens", tokens.asked());
    ours.put("truncated_tokens", tokens.truncated());
    ours.put("completion_tokens", tokens.completion());
    if (sample.outcome().answer() instanceof ModelAnswer.Failed failed) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("category", failed.category());
      error.put("message", failed.message());
      ours.put("error", error);
    }
    return ours;
  }
}

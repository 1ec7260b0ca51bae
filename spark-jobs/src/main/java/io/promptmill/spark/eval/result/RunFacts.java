package io.promptmill.spark.eval.result;

import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.score.GroupScore;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskScore;
import java.util.LinkedHashMap;
import java.util.Map;

/** What results say under {@code promptmill}. */
final class RunFacts {
  private final RunInfo run;
  private final Scores scores;

  RunFacts(RunInfo run, Scores scores) {
    this.run = run;
    this.scores = scores;
  }

  Map<String, Object> document() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", run.version());
    facts.put("model_revision", run.revision());
    facts.put("dtype", run.dtype());
    facts.put("seconds", run.seconds());
    facts.put("tokens", tokens());
    Map<String, Object> tasks = new LinkedHashMap<>();
    scores.tasks().forEach(task -> tasks.put(task.name(), sanity(task.sanity())));
    facts.put("tasks", tasks);
    Map<String, Object> macroMeans = new LinkedHashMap<>();
    for (GroupScore group : scores.groups()) {
      if (!group.macroMeans().isEmpty()) {
        macroMeans.put(group.name(), group.macroMeans());
      }
    }
    facts.put("macro_means", macroMeans);
    return facts;
  }

  private Map<String, Object> tokens() {
    ItemOutcome.TokenUse sum = ItemOutcome.TokenUse.NONE;
    for (TaskScore task : scores.tasks()) {
      for (ItemOutcome outcome : task.run().outcomes()) {
        sum = sum.plus(outcome.tokens());
      }
    }
    long computed = sum.prompt() - sum.cached();
    Map<String, Object> tokens = new LinkedHashMap<>();
    tokens.put("asked", sum.asked());
    tokens.put("prompt", sum.prompt());
    tokens.put("cached", sum.cached());
    tokens.put("computed", computed);
    tokens.put("completion", sum.completion());
    tokens.put("saved_fraction", sum.asked() == 0 ? 0.0 : 1 - (double) computed / sum.asked());
    return tokens;
  }

  private static Map<String, Object> sanity(TaskScore.Sanity sanity) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("items", sanity.items());
    counts.put("failed", sanity.failed());
    counts.put("truncated_prompts", sanity.truncatedPrompts());
    counts.put("empty_answers", sanity.emptyAnswers());
    counts.put("invalid_extractions", sanity.invalidExtractions());
    counts.put("invalid_by_filter", sanity.notExtracted());
    return counts;
  }
}

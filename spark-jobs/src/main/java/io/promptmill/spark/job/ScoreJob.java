package io.promptmill.spark.job;

import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import java.io.IOException;
import java.util.List;

/** Scores every row's candidates. */
final class ScoreJob implements Job {
  private static final List<String> SHOWN = List.of("best", "loglikelihoods", "is_greedy");

  @Override
  public String name() {
    return "score";
  }

  @Override
  public String summary() {
    return "Scores candidate continuations of every row's prompt; adds the column 'scores'.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.SCORE;
  }

  @Override
  public void run(JobContext context) throws IOException {
    new InferJob(name(), SHOWN).run(context, Specs.score(context.conf()));
  }
}

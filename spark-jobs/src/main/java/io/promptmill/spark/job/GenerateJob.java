package io.promptmill.spark.job;

import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import java.io.IOException;
import java.util.List;

/** Completes every row's prompt. */
final class GenerateJob implements Job {
  private static final List<String> SHOWN =
      List.of("text", "finish_reason", "prompt_tokens", "completion_tokens");

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public String summary() {
    return "Completes the prompt of every row; adds the column 'response'.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.GENERATE;
  }

  @Override
  public void run(JobContext context) throws IOException {
    new InferJob(name(), SHOWN).run(context, Specs.generate(context.conf()));
  }
}

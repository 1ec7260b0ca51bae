package io.promptmill.spark.job;

import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillKeys;
import java.io.IOException;
import java.util.List;

/** Translates every row's text. */
final class TranslateJob implements Job {
  private static final List<String> SHOWN =
      List.of("text", "finish_reason", "segments", "fallback_segments");

  @Override
  public String name() {
    return "translate";
  }

  @Override
  public String summary() {
    return "Translates the text of every row; adds the column 'translation'.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.TRANSLATE;
  }

  @Override
  public void run(JobContext context) throws IOException {
    TranslationOptions options = new TranslationOptions(context.conf());
    options.check();
    TableWork work = new TranslationWork(options, context);
    new InferJob(name(), SHOWN).run(context, work);
  }
}

package io.promptmill.spark.job;

import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillKeys;
import java.util.List;

/** Prints the table of all options, for the documentation. */
final class OptionsJob implements Job {

  @Override
  public String name() {
    return "options";
  }

  @Override
  public String summary() {
    return "Prints all options and configuration keys as a Markdown table.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return List.of();
  }

  @Override
  public void run(JobContext context) {
    context.out().println("| option | configuration key | default | what it does |");
    context.out().println("|---|---|---|---|");
    for (ConfKey<?> key : PromptmillKeys.ALL) {
      String fallback = key.fallback() == null ? "" : "`" + key.fallback() + "`";
      context
          .out()
          .println(
              "| `%s` | `%s` | %s | %s |"
                  .formatted(key.option(), key.key(), fallback, key.doc().replace("|", "\\|")));
    }
  }
}

package io.promptmill.spark.job;

import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PresetKeys;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.io.TablePrinter;
import io.promptmill.spark.preset.Preset;
import io.promptmill.spark.preset.Presets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Shows presets; starts no Spark. */
final class PresetsJob implements Job {
  private static final int WIDEST = 96;

  @Override
  public String name() {
    return "presets";
  }

  @Override
  public String summary() {
    return "Lists the presets that --preset of generate and classify can name; with --preset, prints"
        + " one as the YAML file that it is.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.PRESETS;
  }

  @Override
  public void run(JobContext context) {
    Optional<String> asked = context.conf().find(PresetKeys.PRESET);
    if (asked.isPresent()) {
      context.out().print(Presets.of(asked.get(), new Configuration()).text());
      return;
    }
    context
        .out()
        .print(
            TablePrinter.print(
                List.of("preset", "job", "columns", "what it does"),
                Presets.shipped().stream().map(PresetsJob::line).toList(),
                WIDEST));
  }

  private static List<String> line(Preset preset) {
    return List.of(
        preset.name(),
        preset.job(),
        preset.columns().isEmpty() ? "--text-column" : String.join(", ", preset.columns().keySet()),
        preset.description());
  }
}

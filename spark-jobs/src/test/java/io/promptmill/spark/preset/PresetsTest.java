package io.promptmill.spark.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {
  private static final Configuration HADOOP = new Configuration(false);

  private static PromptmillConf conf(List<ConfKey<?>> keys, Preset preset) {
    return PromptmillConf.resolve(keys, Map.of(), Map.of(), preset.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer-service-reply", "code-explanation"})
  void thatShipForGenerateAskInTheChatTemplateWithASystemTurn(String name) {
    Preset preset = Presets.of(name, "generate", HADOOP);

    InferSpec.Generate spec =
        Specs.generate(
            conf(PromptmillKeys.GENERATE, preset),
            uri -> {
              throw new AssertionError(uri);
            });

    InferSpecs.validate(spec);
    assertThat(spec.prompt().chat()).isTrue();
    assertThat(spec.prompt().system())
        .hasValueSatisfying(system -> assertThat(system).contains("instructions"));
    assertThat(InferSpecs.requiredColumns(spec))
        .containsExactlyElementsOf(preset.columns().keySet());
    assertThat(spec.sampling().maxTokens()).isBetween(300, 1000);
  }

  @Test
  void thatShipAreListedInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("docs", "classify.md"));

    assertThat(Presets.shipped())
        .isNotEmpty()
        .allSatisfy(
            preset -> {
              assertThat(page).contains("`" + preset.name() + "`");
              assertThat(preset.description()).isNotBlank();
            });
  }

  @Test
  void areNamedOrListed() {
    assertThatThrownBy(() -> Presets.of("moderatoin", "classify", HADOOP))
        .isInstanceOf(PromptmillException.class)
        .hasMessage(
            "--preset: expected one of customer-service-reply, code-explanation, moderation, or the"
                + " URI of a YAML file, found 'moderatoin' (did you mean 'moderation'?)");
    assertThatThrownBy(() -> Presets.of("moderation", "generate", HADOOP))
        .hasMessage(
            "--preset: expected a preset of generate (customer-service-reply, code-explanation),"
                + " found 'moderation', which is one of classify");
    assertThatThrownBy(() -> Presets.of("none/such.yaml", "generate", HADOOP))
        .hasMessageContaining("--preset: expected a readable text file at");
  }

  @Test
  void canBeAFileOfTheUsers(@TempDir Path temp) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("own.yaml"),
            """
            job: classify
            options:
              label:
                a: first, of all
                b: second
              abstain-below: 0.6
              prompt-template: |-
                {q}
                {labels}:
            """);

    Preset preset = Presets.of(file.toUri().toString(), "classify", HADOOP);

    assertThat(conf(PromptmillKeys.CLASSIFY, preset).asText())
        .containsEntry("label", "a=first, of all,b=second")
        .containsEntry("abstainBelow", "0.6")
        .containsEntry("promptTemplate", "{q}\n{labels}:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          job: classify~optons: {}                       | f:2: expected job, description, columns, options, found 'optons' (did you mean 'options'?)
          job: classify~options:~  treshold: 1           | f:3: expected an option of classify that a preset can set, found 'treshold' (did you mean 'threshold'?)
          job: generate~options:~  model: x              | f:3: expected an option of generate that a preset can set, found 'model'
          job: score~options: {}                         | f:1: job: expected one of classify, generate, found 'score'
          options: {}                                    | f:1: expected the key 'job', found none
          job: generate~options:~  chat: true~  chat: no | f:4: options: 'chat' is there twice
          job: generate~options:~  stop: [[a]]           | f:3: stop: expected a text
          job: generate~options: [a]                     | f:2: options: expected keys with values
          job: {                                         | f:1: not YAML
          job: generate~options:~  stop: a\001b           | f:3: not YAML: it allows no character U+0001
          #                                              | f:1: expected a preset, found an empty file
          """)
  void thatAreWrongNameFileAndLine(String text, String message) {
    assertThatThrownBy(() -> PresetFile.parse("f", "f", text.replace('~', '\n')))
        .isInstanceOf(PromptmillException.class)
        .hasMessageStartingWith(message);
  }
}

package io.promptmill.spark.eval.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.report.run.Sample.Likelihood;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReaderTest {
  private static final Path HARNESS =
      Path.of("src", "test", "resources", "eval", "report", "harness").toAbsolutePath();

  private static final Path OURS =
      Path.of("src", "test", "resources", "eval", "runs").toAbsolutePath();

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void copyARunOfTheHarness() throws IOException {
    folder = Files.createDirectory(temp.resolve("run"));
    copy("", "");
  }

  /** Copies all files, with another date in their names. */
  private void copy(String from, String to) throws IOException {
    try (Stream<Path> files = Files.list(HARNESS.resolve("invented__noise-one"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString().replace(from, to)));
      }
    }
  }

  private static Run read(Path path) throws IOException {
    FileSystem local = FileSystem.getLocal(new Configuration());
    return RunReader.read(local, new org.apache.hadoop.fs.Path(path.toString()));
  }

  private Path file(String start) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TaskRun task(Run run, String name) {
    return run.tasks().stream().filter(task -> task.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void readsARunOfTheHarness() throws IOException {
    Run run = read(folder);

    assertThat(run.facts().model()).isEqualTo("invented/noise-one");
    assertThat(run.facts().madeBy()).isEqualTo("lm-evaluation-harness 0.4.13");
    assertThat(run.facts().seconds().getAsDouble()).isPositive();
    assertThat(run.facts().date()).isPresent();
    assertThat(run.facts().tokens()).isEmpty();
    assertThat(run.tasks())
        .extracting(TaskRun::name)
        .containsExactly("rivers_towns", "rivers_longer", "river_lengths", "river_tales");
    assertThat(run.groups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.members()).containsExactly("rivers_towns", "rivers_longer");
              assertThat(group.items()).isEqualTo(16);
              assertThat(group.scores()).extracting(Score::key).containsExactly("acc,none");
            });
    TaskRun towns = task(run, "rivers_towns");
    assertThat(towns.alias()).isEqualTo("towns");
    assertThat(towns.version()).isEqualTo("1.0");
    assertThat(towns.fewShot()).hasValue(0);
    assertThat(towns.scores().get(0).value()).isEqualTo(0.5);
    assertThat(towns.scores().get(0).stderr()).hasValue(0.1889822365046136);
    assertThat(towns.counts())
        .isEqualTo(
            new TaskRun.Counts(
                8,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty()));
  }

  @Test
  void readsChoicesWithTheirLoglikelihoods() throws IOException {
    Sample first = task(read(folder), "rivers_towns").samples().get(0);

    assertThat(first.isChoice()).isTrue();
    assertThat(first.prompts()).singleElement().asString().contains("新河镇").endsWith("\nAnswer:");
    assertThat(first.continuations()).containsExactly(" A", " B", " C");
    assertThat(first.likelihoods().get(0)).isEqualTo(new Likelihood(-3.9107632227241993, false));
    assertThat(first.target()).isEqualTo("0");
    assertThat(first.filtered())
        .singleElement()
        .satisfies(
            view -> assertThat(view.metrics()).isEqualTo(Map.of("acc", 0.0, "acc_norm", 0.0)));
    assertThat(first.doc().path("choices")).hasSize(3);
  }

  @Test
  void putsTheLinesOfAllFiltersOfADocumentTogether() throws IOException {
    TaskRun lengths = task(read(folder), "river_lengths");

    assertThat(lengths.samples()).hasSize(8);
    Sample first = lengths.samples().get(0);
    assertThat(first.texts()).containsExactly(" It is long. #### 310");
    assertThat(first.filtered())
        .extracting(Sample.Filtered::filter)
        .containsExactly("strict-match", "flexible-extract");
    assertThat(first.value("exact_match", "strict-match")).hasValue(1);
    long invalid =
        lengths.samples().stream()
            .filter(sample -> sample.filtered().get(0).answer().equals("[invalid]"))
            .count();
    assertThat(invalid).isPositive();
    assertThat(lengths.counts().invalidExtractions()).hasValue((int) invalid);
    assertThat(lengths.counts().emptyAnswers()).isPresent();
  }

  @Test
  void readsWholeTextsWhoseMetricsAreNotOneNumber() throws IOException {
    TaskRun tales = task(read(folder), "river_tales");

    assertThat(tales.scores())
        .extracting(Score::metric, Score::higherIsBetter)
        .containsExactly(tuple("word_perplexity", false), tuple("bits_per_byte", false));
    assertThat(tales.scores().get(0).stderr()).isEmpty();
    assertThat(tales.samples().get(0).likelihoods())
        .containsExactly(new Likelihood(-106.43453647382557, false));
    assertThat(tales.samples().get(0).filtered().get(0).metrics()).isEmpty();
  }

  @Test
  void readsARunOfOursWithWhatOnlyItTells() throws IOException {
    Run run = read(OURS.resolve("models__mill-b"));

    assertThat(run.facts().madeBy()).startsWith("Promptmill ");
    assertThat(run.facts().revision()).isPresent();
    assertThat(run.facts().tokens().orElseThrow().asked()).isPositive();
    TaskRun sums = task(run, "sums");
    assertThat(sums.counts().failed()).isPresent();
    assertThat(sums.counts().truncatedPrompts()).isPresent();
    assertThat(sums.samples().get(0).tokens().orElseThrow().prompt()).isPositive();
    Sample failed =
        run.tasks().stream()
            .flatMap(task -> task.samples().stream())
            .filter(sample -> sample.error().isPresent())
            .findFirst()
            .orElseThrow();
    assertThat(failed.likelihoods()).isEmpty();
    assertThat(failed.value("acc", "none")).isEmpty();
    assertThat(failed.isChoice()).isFalse();
  }

  @Test
  void theNewestDateOfAFolderCounts() throws IOException {
    String name = file("results_").getFileName().toString();
    String date = name.substring("results_".length(), name.length() - ".json".length());
    copy(date, "2031-01-01T00-00-00.5");
    copy(date, "2019-01-01T00-00-00.5");

    Run run = read(folder);
    assertThat(run.location()).endsWith("results_2031-01-01T00-00-00.5.json");
    assertThat(task(run, "rivers_towns").samples()).hasSize(8);
    assertThat(read(folder.resolve(name)).location()).endsWith(name);
  }

  @Test
  void aRunWithoutLoggedSamplesHasScoresAlone() throws IOException {
    Files.delete(file("samples_rivers_towns"));
    TaskRun towns = task(read(folder), "rivers_towns");
    assertThat(towns.samples()).isEmpty();
    assertThat(towns.scores()).hasSize(2);
    assertThat(towns.counts().items()).isEqualTo(8);
  }

  @Test
  void looksIntoTheOneFolderOfAModel() throws IOException {
    assertThat(read(temp).facts().model()).isEqualTo("invented/noise-one");
    assertThatThrownBy(() -> read(HARNESS))
        .hasMessageContaining("one folder with such files")
        .hasMessageContaining(
            "found runs in the folders [invented__noise-one, invented__noise-two]");
  }

  @Test
  void saysThatThereIsNoRun() {
    assertThatThrownBy(() -> read(temp.resolve("none")))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("expected a results_<date>.json or one folder with such files");
    assertThatThrownBy(() -> read(file("samples_river_tales")))
        .hasMessageContaining("found a file of another name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "doc_id": 1            | "doc_id": -1            | :2: expected a count 'doc_id', found -1
          "doc_id": 1            | "doc_id": 0             | :2: expected the doc_hash of the other lines of doc_id 0
          "filter": "none"       | "filter": 3             | :1: expected a text 'filter', found 3
          "metrics": ["acc"      | "metrics": ["bleu"      | :1: expected a value 'bleu', named in 'metrics', found nothing
          "gen_args_1"           | "gen_args_7"            | :1: expected an object 'gen_args_1', found nothing
          "resps": [[["          | "resps": [[["x          | :1: expected a number as log-likelihood, found "x
          "arg_1": " B"          | "arg_2": " B"           | :1: expected requests of one kind in 'arguments'
          {"doc_id": 0           | {"doc_id" 0             | :1: expected a JSON object, found: Unexpected character
          """)
  void namesFileAndLineOfWhatIsMalformed(String right, String wrong, String message)
      throws IOException {
    Path samples = file("samples_rivers_towns");
    String text = Files.readString(samples);
    assertThat(text).contains(right);
    Files.writeString(samples, text.replaceFirst(Pattern.quote(right), wrong));

    assertThatThrownBy(() -> read(folder))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining(samples.getFileName() + message);
  }

  @Test
  void refusesADocumentThatComesTwice() throws IOException {
    Path samples = file("samples_rivers_towns");
    List<String> lines = Files.readAllLines(samples);
    Files.write(samples, Stream.concat(lines.stream(), lines.stream().limit(1)).toList());
    assertThatThrownBy(() -> read(folder))
        .hasMessageContaining(":9: expected one line for each document and filter");
  }

  @Test
  void refusesSamplesWithoutResults() throws IOException {
    Files.move(
        file("samples_rivers_towns"),
        folder.resolve(
            file("samples_rivers_towns").getFileName().toString().replace("towns", "hills")));
    assertThatThrownBy(() -> read(folder))
        .hasMessageContaining("results of task 'rivers_hills', which has a file of samples");
  }

  @Test
  void refusesResultsThatAreNone() throws IOException {
    Files.writeString(file("results_"), "{\"results\": []}");
    assertThatThrownBy(() -> read(folder))
        .hasMessageContaining("expected an object 'results', found []");
  }
}

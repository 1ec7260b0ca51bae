package io.promptmill.spark.eval.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.task.DatasetDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentSourceTest {

  @TempDir private Path root;

  @Test
  void takesTheFirstAlternativeThatExistsAndAllItsShardsInOrder() throws IOException {
    Files.write(root.resolve("sums/x/test-00001-of-00002.jsonl"), "{\"n\": 3}\n");
    Files.write(root.resolve("sums/x/test-00000-of-00002.jsonl"), "{\"n\": 1}\n{\"n\": 2}\n");
    Files.write(root.resolve("sums/last.jsonl"), "{\"n\": 9}\n");
    DatasetDefinition dataset =
        dataset("sums", "absent.csv", "*/absent.csv", "x/test-*.jsonl", "last.jsonl");

    assertThat(source().read(dataset, "test"))
        .containsExactly(document(1), document(2), document(3));
  }

  @Test
  void readsASuiteFromItsOwnLocationAlone() throws IOException {
    Files.write(root.resolve("elsewhere/test.jsonl"), "{\"n\": 1}\n");
    Files.write(root.resolve("one.jsonl"), "{\"n\": 2}\n");
    DatasetDefinition dataset = dataset("sums", "test.jsonl");

    assertThat(source("sums", "elsewhere").read(dataset, "test")).containsExactly(document(1));
    assertThat(source("sums", "one.jsonl").read(dataset, "test")).containsExactly(document(2));
  }

  @Test
  void saysOnceWhichFilesAreExpectedWhereWhichWereFoundAndHowToGetThem() throws IOException {
    Files.write(root.resolve("sums/dev-0.csv"), "a\n1\n");
    List<SplitNeed> needs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      DatasetDefinition dataset =
          new DatasetDefinition(
              "sums",
              Map.of(
                  "dev", List.of("dev-%d.csv".formatted(i)),
                  "test", List.of("test-%d.csv".formatted(i), "%d/*.parquet".formatted(i))),
              List.of(),
              Map.of(),
              "test",
              "To get them: add up.");
      needs.add(new SplitNeed(dataset, "dev"));
      needs.add(new SplitNeed(dataset, "test"));
    }

    assertThatThrownBy(() -> source().requireFiles(needs))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessage(
            """
            data of sums: expected files under %s/sums (--data):
              split dev: found 1 of 7 (dev-0.csv); missing dev-1.csv, dev-2.csv, dev-3.csv, dev-4.csv, dev-5.csv and 1 more
              split test: found 0 of 7; missing test-0.csv or 0/*.parquet, test-1.csv or 1/*.parquet, \
            test-2.csv or 2/*.parquet, test-3.csv or 3/*.parquet, test-4.csv or 4/*.parquet and 2 more
              To get them: add up."""
                .formatted(root));
  }

  @Test
  void asksForALocationWhereNoneWasGiven() {
    DocumentSource source =
        new DocumentSource(new DataRoots(Optional.empty(), Map.of()), new Configuration());

    assertThatThrownBy(() -> source.read(dataset("sums", "test.jsonl"), "test"))
        .hasMessageContaining("--data or --data-location sums=URI, and neither was given")
        .hasMessageContaining("missing test.jsonl");
  }

  @Test
  void refusesASplitThatTheDataSetLacksByListingItsSplits() {
    assertThatThrownBy(() -> source().read(dataset("sums", "test.jsonl"), "validation"))
        .hasMessage("data set sums: expected one of the splits [test], found 'validation'");
  }

  @Test
  void refusesAnExportWithoutAllItsShards() throws IOException {
    Files.write(root.resolve("sums/test-00001-of-00002.jsonl"), "{\"n\": 3}\n");

    assertThatThrownBy(() -> source().read(dataset("sums", "test-*.jsonl"), "test"))
        .hasMessageContaining(
            "expected all 2 shards of one export beside it, found [test-00001-of-00002.jsonl]");
  }

  @Test
  void refusesTwoExportsInOneFolder() throws IOException {
    Files.write(root.resolve("sums/test-00000-of-00001.jsonl"), "{\"n\": 3}\n");
    Files.write(root.resolve("sums/test-00000-of-00002.jsonl"), "{\"n\": 3}\n");

    assertThatThrownBy(() -> source().read(dataset("sums", "test-*.jsonl"), "test"))
        .hasMessageContaining("expected all numbered shards of one export beside it, found [");
  }

  private DocumentSource source() {
    return new DocumentSource(
        new DataRoots(Optional.of(root.toString()), Map.of()), new Configuration());
  }

  private DocumentSource source(String suite, String place) {
    return new DocumentSource(
        new DataRoots(Optional.of("/nowhere"), Map.of(suite, root.resolve(place).toString())),
        new Configuration());
  }

  private static DatasetDefinition dataset(String suite, String... testFiles) {
    return new DatasetDefinition(
        suite, Map.of("test", List.of(testFiles)), List.of(), Map.of(), "test", "");
  }

  private static Document document(long n) {
    return new Document(Map.of("n", n));
  }
}

package io.promptmill.spark.eval.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.promptmill.error.PromptmillException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowsTest {

  private static final String LINE = "{\"question\": \"一\\n\", \"answer\": 1}\n";

  @TempDir private Path folder;

  @Test
  void readsNestedValuesInOrder() throws IOException {
    DataFile file =
        Files.write(
            folder.resolve("a.jsonl"),
            "\uFEFF{\"z\": [1, 2.0, null], \"a\": {\"y\": true, \"b\": \"𠀀\"}}\r\n\n  \n"
                + "{\"z\": 9007199254740993, \"a\": null}");

    List<Map<String, Object>> rows = FileFormats.read(file, List.of());

    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("y", true);
    inner.put("b", "𠀀");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).keySet()).containsExactly("z", "a");
    assertThat(rows.get(0).get("z")).isEqualTo(Arrays.asList(1L, 2.0, null));
    assertThat(rows.get(0).get("a")).isEqualTo(inner);
    assertThat(rows.get(1)).containsEntry("z", 9007199254740993L).containsEntry("a", null);
  }

  @Test
  void givesEveryRowEveryColumnInTheOrderOfFirstAppearance() throws IOException {
    DataFile file =
        Files.write(folder.resolve("a.jsonl"), "{\"b\": 1}\n{\"a\": 2, \"b\": 3}\n{\"a\": 4}\n");

    List<Map<String, Object>> rows = FileFormats.read(file, List.of());

    assertThat(rows).allSatisfy(row -> assertThat(row.keySet()).containsExactly("b", "a"));
    assertThat(rows.get(0)).containsEntry("a", null);
    assertThat(rows.get(2)).containsEntry("b", null);
  }

  @Test
  void readsCompressedFilesByTheirExtension() throws IOException {
    byte[] plain = LINE.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(plain);
    }
    List<DataFile> files =
        List.of(
            Files.write(folder.resolve("a.jsonl.gz"), gzip.toByteArray()),
            Files.write(folder.resolve("a.jsonl.zst"), Zstd.compress(plain)));

    assertThat(files)
        .allSatisfy(
            file ->
                assertThat(FileFormats.read(file, List.of()))
                    .containsExactly(Map.of("question", "一\n", "answer", 1L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[1]", "3", "{\"a\": 1", "{\"a\": 1} {}", "{'a': 1}", "{\"a\": NaN}", "text"})
  void refusesALineThatIsNoObjectByFileAndLine(String line) throws IOException {
    DataFile file = Files.write(folder.resolve("b.jsonl"), LINE + "\n" + line + "\n");

    assertThatThrownBy(() -> FileFormats.read(file, List.of()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("b.jsonl: line 3: expected a JSON object, found ");
  }

  @Test
  void refusesIntegersThatNoColumnHolds() throws IOException {
    DataFile file = Files.write(folder.resolve("b.jsonl"), "{\"a\": 9223372036854775808}");

    assertThatThrownBy(() -> FileFormats.read(file, List.of()))
        .hasMessageContaining(
            "b.jsonl: line 1: expected integers of at most 64 bits, found 9223372036854775808");
  }

  @Test
  void refusesAFileThatIsNotWhatItsExtensionSays() throws IOException {
    List<DataFile> files =
        List.of(
            Files.write(folder.resolve("a.jsonl.gz"), LINE),
            Files.write(folder.resolve("a.jsonl.zst"), LINE),
            Files.write(folder.resolve("a.parquet"), LINE),
            Files.write(folder.resolve("a.arrow"), LINE),
            Files.write(folder.resolve("empty.arrow"), ""));

    assertThat(files)
        .allSatisfy(
            file ->
                assertThatThrownBy(() -> FileFormats.read(file, List.of()))
                    .isInstanceOf(PromptmillException.class)
                    .hasMessageContaining(file.path() + ": expected " + file.extension()));
  }

  @Test
  void refusesAnUnknownExtensionByListingTheKnownOnes() throws IOException {
    DataFile file = Files.write(folder.resolve("a.xlsx"), LINE);

    assertThatThrownBy(() -> FileFormats.read(file, List.of()))
        .hasMessageContaining("[arrow, csv, json, jsonl, ndjson, parquet], found 'xlsx'");
  }
}

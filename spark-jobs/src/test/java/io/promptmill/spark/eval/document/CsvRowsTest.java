package io.promptmill.spark.eval.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {

  @TempDir private Path folder;

  @Test
  void readsWhateverPythonReads() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String line : java.nio.file.Files.readAllLines(Files.fixture("csv-cases.jsonl"))) {
      JsonNode example = new ObjectMapper().readTree(line);
      softly
          .assertThat(lines(example.get("text").textValue()))
          .as(line)
          .isEqualTo(new ObjectMapper().convertValue(example.get("rows"), List.class));
    }
    softly.assertAll();
  }

  private static List<List<String>> lines(String text) throws IOException {
    List<List<String>> lines = new ArrayList<>();
    CsvRows.parse(new StringReader(text)).forEach(line -> lines.add(line.toList()));
    return lines;
  }

  @Test
  void keepsTextThatOthersTakeForMissingOrForNumbers() throws IOException {
    DataFile file =
        Files.write(folder.resolve("a.csv"), "id,A,B,C\n007,N/A,None,\n1e3, null ,NaN,\"\"\n");

    assertThat(FileFormats.read(file, List.of()))
        .containsExactly(
            Map.of("id", "007", "A", "N/A", "B", "None", "C", ""),
            Map.of("id", "1e3", "A", " null ", "B", "NaN", "C", ""));
  }

  @Test
  void namesTheColumnsOfAFileWithoutHeaderInOrder() throws IOException {
    DataFile file =
        Files.write(folder.resolve("a.csv"), "\uFEFF\"one\ntwo\",\"say \"\"x\"\"\"\r\n");

    List<Map<String, Object>> rows = FileFormats.read(file, List.of("question", "answer"));

    assertThat(rows).containsExactly(Map.of("question", "one\ntwo", "answer", "say \"x\""));
    assertThat(rows.get(0).keySet()).containsExactly("question", "answer");
  }

  @Test
  void refusesARowOfAnotherWidthByFileRowAndLine() throws IOException {
    DataFile file = Files.write(folder.resolve("dev.csv"), "a,b\n1,\"2\n3\"\n4,5,6\n");

    assertThatThrownBy(() -> FileFormats.read(file, List.of()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining(
            "dev.csv: row 1, which ends in line 4: expected 2 columns [a, b], found 3");
  }

  @Test
  void refusesAHeaderThatNamesAColumnTwice() throws IOException {
    DataFile file = Files.write(folder.resolve("dev.csv"), "a,a\n1,2\n");

    assertThatThrownBy(() -> FileFormats.read(file, List.of()))
        .hasMessageContaining("dev.csv: expected a header with each name once, found [a, a]");
  }

  @Test
  void refusesTextOfAnotherEncoding() throws IOException {
    DataFile file =
        Files.write(folder.resolve("dev.csv"), new byte[] {'a', '\n', (byte) 0xCE, 'b'});

    assertThatThrownBy(() -> FileFormats.read(file, List.of()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("dev.csv: expected UTF-8 text");
  }
}

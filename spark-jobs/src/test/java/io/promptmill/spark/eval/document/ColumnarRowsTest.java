package io.promptmill.spark.eval.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrow and Parquet files hold the same rows, whoever wrote them. */
class ColumnarRowsTest {

  @Test
  void readsWhatDatasetsWritesAsParquet() throws IOException {
    assertThat(read("choices.parquet")).isEqualTo(expected("choices.json"));
  }

  @Test
  void readsWhatDatasetsSavesToDisk() throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>(read("saved/test/data-00000-of-00002.arrow"));
    rows.addAll(read("saved/test/data-00001-of-00002.arrow"));

    assertThat(rows).isEqualTo(expected("choices.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"types-file.arrow", "types-stream.arrow"})
  void readsBothIpcFormatsWithDictionariesAndBatches(String name) throws IOException {
    assertThat(read(name)).isEqualTo(expected("types.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.parquet", "types-old-lists.parquet"})
  void readsListsOfEveryParquetWriter(String name) throws IOException {
    List<Map<String, Object>> expected = expected("types.json");
    expected.forEach(row -> row.remove("pair"));

    assertThat(read(name)).isEqualTo(expected);
  }

  @Test
  void keepsTheOrderOfColumns() throws IOException {
    List<String> order = List.of("question", "choices", "answer", "score", "shown", "note");

    assertThat(read("choices.parquet").get(0).keySet()).containsExactlyElementsOf(order);
    assertThat(read("saved/test/data-00000-of-00002.arrow").get(0).keySet())
        .containsExactlyElementsOf(order);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dates.arrow", "dates.parquet"})
  void refusesAColumnThatNoDocumentHolds(String name) {
    assertThatThrownBy(() -> read(name))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining(name + ": column 'day': expected text, numbers, booleans");
  }

  private static List<Map<String, Object>> read(String name) throws IOException {
    return FileFormats.read(Files.at(Files.fixture(name)), List.of());
  }

  private static List<Map<String, Object>> expected(String name) throws IOException {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_LONG_FOR_INTS)
        .build()
        .readValue(Files.fixture(name).toFile(), new TypeReference<>() {});
  }
}

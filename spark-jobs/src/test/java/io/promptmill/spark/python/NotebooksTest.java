package io.promptmill.spark.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notebooks as they are stored: complete, in order, and of no machine in particular. */
class NotebooksTest {
  private static final Path FOLDER = Path.of("..", "notebooks");
  private static final int LARGEST_IMAGE = 100_000;

  /** A path from the root, or of a home folder; URIs and the folders of XML and HTML are none. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile(
          "(?<![\\w.:/<])(?:/(?:home|root|Users|tmp|var|opt|usr|mnt|work|private)/|[A-Z]:\\\\\\w)");

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  private static List<JsonNode> codeCells(Path notebook) throws IOException {
    List<JsonNode> cells = new ArrayList<>();
    for (JsonNode cell : new ObjectMapper().readTree(notebook.toFile()).get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        cells.add(cell);
      }
    }
    return cells;
  }

  private static String text(JsonNode lines) {
    if (lines.isTextual()) {
      return lines.asText();
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  @Test
  void areFourAndListedInTheReadme() throws IOException {
    String readme = Files.readString(FOLDER.resolve("README.md"));

    assertThat(notebooks())
        .hasSize(4)
        .allSatisfy(
            notebook -> assertThat(readme).contains("(%s)".formatted(notebook.getFileName())));
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void haveTheNotebookFormatWithDistinctCells(Path notebook) throws IOException {
    JsonNode root = new ObjectMapper().readTree(notebook.toFile());

    assertThat(root.get("nbformat").asInt()).isEqualTo(4);
    assertThat(root.get("nbformat_minor").asInt()).isGreaterThanOrEqualTo(5);
    assertThat(root.at("/metadata/kernelspec/name").asText()).isEqualTo("python3");
    Set<String> ids = new HashSet<>();
    for (JsonNode cell : root.get("cells")) {
      assertThat(cell.get("cell_type").asText()).isIn("code", "markdown");
      assertThat(text(cell.get("source"))).isNotBlank();
      assertThat(ids.add(cell.get("id").asText())).as("id of " + cell).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void wereRunFromTheFirstCellToTheLastWithoutAnError(Path notebook) throws IOException {
    List<JsonNode> cells = codeCells(notebook);

    assertThat(cells).hasSizeGreaterThan(4);
    for (int i = 0; i < cells.size(); i++) {
      assertThat(cells.get(i).get("execution_count").asInt()).isEqualTo(i + 1);
      for (JsonNode output : cells.get(i).get("outputs")) {
        assertThat(output.get("output_type").asText())
            .as(output.toString())
            .isIn("stream", "display_data", "execute_result");
        assertThat(output.path("name").asText("stdout")).as(output.toString()).isEqualTo("stdout");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void showPlotsOfLessThan100Kilobytes(Path notebook) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode cell : codeCells(notebook)) {
      for (JsonNode image : cell.findValues("image/png")) {
        sizes.add(Base64.getMimeDecoder().decode(text(image)).length);
      }
    }

    assertThat(sizes).isNotEmpty().allMatch(size -> size < LARGEST_IMAGE);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void nameNoFolderOfAMachine(Path notebook) throws IOException {
    for (JsonNode cell : new ObjectMapper().readTree(notebook.toFile()).get("cells")) {
      assertThat(text(cell.get("source"))).doesNotContainPattern(MACHINE_PATH);
      for (JsonNode output : cell.path("outputs")) {
        List<JsonNode> texts = new ArrayList<>(output.findValues("text"));
        for (Map.Entry<String, JsonNode> each : output.path("data").properties()) {
          if (each.getKey().startsWith("text/")) {
            texts.add(each.getValue());
          }
        }
        assertThat(texts)
            .allSatisfy(each -> assertThat(text(each)).doesNotContainPattern(MACHINE_PATH));
      }
    }
  }

  @Test
  void requirementsNameOneVersionEach() throws IOException {
    assertThat(Files.readAllLines(FOLDER.resolve("requirements.txt")))
        .filteredOn(line -> !line.startsWith("#"))
        .isNotEmpty()
        .allMatch(line -> line.matches("[\\w-]+==[\\d.]+"));
  }
}

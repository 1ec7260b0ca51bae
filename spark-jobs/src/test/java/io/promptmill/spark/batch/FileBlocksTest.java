package io.promptmill.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class FileBlocksTest {

  @Test
  void linesAreNumberedThroughAllBlocksOfTheirFile() {
    FileBlocks blocks =
        FileBlocks.of(
            List.of(
                new FileBlocks.Block("b", 64, 5, 5),
                new FileBlocks.Block("a", 128, 1, 1),
                new FileBlocks.Block("a", 0, 3, 3),
                new FileBlocks.Block("a", 64, 2, 1),
                new FileBlocks.Block("b", 0, 4, 4)));

    assertThat(
            numbered(
                blocks, raw("a", 64, "x"), raw("a", 64, " "), raw("a", 128, "y"), raw("b", 0, "z")))
        .containsExactly("a:4", "a:6", "b:1");
  }

  @Test
  void theFirstRequestsAreThoseOfTheFirstFilesAndBlocksWhereverTheyAreRead() {
    FileBlocks blocks =
        FileBlocks.of(
            List.of(
                new FileBlocks.Block("b", 0, 2, 2),
                new FileBlocks.Block("a", 64, 3, 2),
                new FileBlocks.Block("a", 0, 1, 1)));
    Row[] inAnyOrder = {
      raw("b", 0, "x"),
      raw("b", 0, "x"),
      raw("a", 64, "x"),
      raw("a", 64, ""),
      raw("a", 64, "x"),
      raw("a", 0, "x")
    };

    assertThat(numbered(blocks.first(2), inAnyOrder)).containsExactly("a:2", "a:1");
    assertThat(numbered(blocks.first(4), inAnyOrder)).containsExactly("b:1", "a:2", "a:4", "a:1");
    assertThat(numbered(blocks.first(9), inAnyOrder)).hasSize(5);
  }

  private static List<String> numbered(FileBlocks blocks, Row... lines) {
    List<String> numbered = new ArrayList<>();
    new NumberedLines(List.of(lines).iterator(), blocks)
        .forEachRemaining(line -> numbered.add(BatchLine.place(line.file(), line.number())));
    return numbered;
  }

  private static Row raw(String file, long start, String line) {
    return RowFactory.create(file, start, line.getBytes(StandardCharsets.UTF_8));
  }
}

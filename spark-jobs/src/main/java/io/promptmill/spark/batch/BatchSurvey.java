package io.promptmill.spark.batch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the input holds.
 *
 * @param blocks where lines are numbered from
 * @param generates whether any of them asks for completions
 * @param embeds whether any of them asks for embeddings
 * @param oneEach whether each is one question for the model at most
 */
public record BatchSurvey(FileBlocks blocks, boolean generates, boolean embeds, boolean oneEach) {

  static final StructType BLOCK =
      new StructType()
          .add("file", DataTypes.StringType)
          .add("start", DataTypes.LongType)
          .add("lines", DataTypes.LongType)
          .add("requests", DataTypes.LongType)
          .add("generates", DataTypes.BooleanType)
          .add("embeds", DataTypes.BooleanType)
          .add("several", DataTypes.BooleanType);

  /** One row for each block of a partition. */
  static Iterator<Row> blocks(Iterator<Row> raw, LineParser parser) {
    List<Row> blocks = new ArrayList<>();
    Counted block = null;
    while (raw.hasNext()) {
      Row line = raw.next();
      if (block == null || !block.holds(line)) {
        if (block != null) {
          blocks.add(block.row());
        }
        block = new Counted(line.getString(0), line.getLong(1));
      }
      block.count(line.getAs(2), parser);
    }
    if (block != null) {
      blocks.add(block.row());
    }
    return blocks.iterator();
  }

  static BatchSurvey of(List<Row> blocks) {
    boolean generates = blocks.stream().anyMatch(block -> block.getBoolean(4));
    boolean embeds = blocks.stream().anyMatch(block -> block.getBoolean(5));
    return new BatchSurvey(
        FileBlocks.of(
            blocks.stream()
                .map(
                    block ->
                        new FileBlocks.Block(
                            block.getString(0),
                            block.getLong(1),
                            block.getLong(2),
                            block.getLong(3)))
                .toList()),
        generates,
        embeds,
        !(generates && embeds) && blocks.stream().noneMatch(block -> block.getBoolean(6)));
  }

  /** Lines that are not blank. */
  public long total() {
    return blocks.requests().values().stream().mapToLong(Long::longValue).sum();
  }

  private static final class Counted {
    private final String file;
    private final long start;
    private long lines;
    private long requests;
    private boolean generates;
    private boolean embeds;
    private boolean several;

    Counted(String file, long start) {
      this.file = file;
      this.start = start;
    }

    boolean holds(Row line) {
      return line.getString(0).equals(file) && line.getLong(1) == start;
    }

    void count(byte[] line, LineParser parser) {
      lines++;
      if (LineParser.isBlank(line)) {
        return;
      }
      requests++;
      BatchRequest request = parser.parse(file, lines, line).request();
      if (request != null) {
        generates |= request.endpoint() != Endpoint.EMBEDDINGS;
        embeds |= request.endpoint() == Endpoint.EMBEDDINGS;
        several |= request.parts().size() > 1;
      }
    }

    Row row() {
      return RowFactory.create(file, start, lines, requests, generates, embeds, several);
    }
  }
}

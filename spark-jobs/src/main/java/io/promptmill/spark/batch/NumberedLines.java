package io.promptmill.spark.batch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * The lines of a partition with their numbers, as many of each block as are to be taken; blank ones
 * have numbers and are passed over.
 */
final class NumberedLines implements Iterator<NumberedLines.Line> {

  /**
   * @param number in the file, from 1
   * @param bytes without the line's end
   */
  record Line(String file, long number, byte[] bytes) {}

  private final Iterator<Row> raw;
  private final FileBlocks blocks;
  private String file;
  private long start;
  private long number;
  private long left;
  private Line next;

  /**
   * @param raw file, start of the block in it, the line's bytes
   */
  NumberedLines(Iterator<Row> raw, FileBlocks blocks) {
    this.raw = raw;
    this.blocks = blocks;
  }

  @Override
  public boolean hasNext() {
    while (next == null && raw.hasNext()) {
      Row line = raw.next();
      if (!line.getString(0).equals(file) || line.getLong(1) != start) {
        file = line.getString(0);
        start = line.getLong(1);
        number = blocks.span(file, start).before();
        left = blocks.span(file, start).taken();
      }
      number++;
      byte[] bytes = line.getAs(2);
      if (left > 0 && !LineParser.isBlank(bytes)) {
        left--;
        next = new Line(file, number, bytes);
      }
    }
    return next != null;
  }

  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more lines");
    }
    Line line = next;
    next = null;
    return line;
  }

  Iterator<Row> map(Function<Line, Row> toRow) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return NumberedLines.this.hasNext();
      }

      @Override
      public Row next() {
        return toRow.apply(NumberedLines.this.next());
      }
    };
  }
}

package io.promptmill.spark.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that are asked about in several parts: each part becomes a row of its own, and after the
 * inference the parts of a row become one again. The parts of a row stay neighbours, so between
 * {@link #split} and {@link #join} nothing may shuffle, sort, add or drop rows; inference nodes do
 * none of this.
 */
public final class RowParts {
  /** The row itself, with its first part only: long rows are not copied for each part. */
  private static final String ROW = "_row";

  private static final String COUNT = "_parts";

  private RowParts() {}

  /** What a row is asked about. */
  @FunctionalInterface
  public interface Splitter extends Serializable {
    /** Values of the parts' columns; may be empty. */
    List<Row> parts(Row row);
  }

  /** What the answers to a row's parts mean together. */
  @FunctionalInterface
  public interface Joiner extends Serializable {
    /**
     * The value of the result column.
     *
     * @param parts the parts with the columns that inference added, in order; as many as the
     *     splitter gave
     */
    Object join(Row row, List<Row> parts);
  }

  /**
   * A row for each part with the columns of {@code schema}; a row without parts becomes one row
   * with nulls, which {@link RequestRule#NOT_NULL} asks nothing about.
   */
  public static Dataset<Row> split(Dataset<Row> rows, StructType schema, Splitter splitter) {
    StructType partSchema =
        nullable(schema).add(ROW, rows.schema(), true).add(COUNT, DataTypes.IntegerType, true);
    int width = schema.length();
    FlatMapFunction<Row, Row> split =
        row -> {
          List<Row> parts = splitter.parts(row);
          List<Row> out = new ArrayList<>(Math.max(1, parts.size()));
          for (int i = 0; i < Math.max(1, parts.size()); i++) {
            Object[] values = new Object[width + 2];
            for (int column = 0; column < width && !parts.isEmpty(); column++) {
              values[column] = parts.get(i).get(column);
            }
            values[width] = i == 0 ? row : null;
            values[width + 1] = i == 0 ? parts.size() : null;
            out.add(RowFactory.create(values));
          }
          return out.iterator();
        };
    return rows.flatMap(split, Encoders.row(partSchema));
  }

  private static StructType nullable(StructType schema) {
    StructType result = new StructType();
    for (StructField field : schema.fields()) {
      result = result.add(field.name(), field.dataType(), true);
    }
    return result;
  }

  /**
   * The columns that {@link #split} was given and, after them, {@code result}.
   *
   * @param parts what {@link #split} gave, with columns added
   */
  public static Dataset<Row> join(Dataset<Row> parts, StructField result, Joiner joiner) {
    int rowColumn = parts.schema().fieldIndex(ROW);
    int countColumn = parts.schema().fieldIndex(COUNT);
    StructType rowSchema = (StructType) parts.schema().fields()[rowColumn].dataType();
    MapPartitionsFunction<Row, Row> join = in -> new Joined(in, rowColumn, countColumn, joiner);
    return parts.mapPartitions(join, Encoders.row(rowSchema.add(result)));
  }

  private record Joined(Iterator<Row> parts, int rowColumn, int countColumn, Joiner joiner)
      implements Iterator<Row> {

    @Override
    public boolean hasNext() {
      return parts.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more rows");
      }
      Row first = parts.next();
      Row row = first.getStruct(rowColumn);
      requireInOrder(row != null);
      int count = first.getInt(countColumn);
      List<Row> own = new ArrayList<>(count == 0 ? Collections.emptyList() : List.of(first));
      while (own.size() < count) {
        requireInOrder(parts.hasNext());
        Row part = parts.next();
        requireInOrder(part.isNullAt(rowColumn));
        own.add(part);
      }
      Object[] values = new Object[row.length() + 1];
      for (int i = 0; i < row.length(); i++) {
        values[i] = row.get(i);
      }
      values[row.length()] = joiner.join(row, own);
      return RowFactory.create(values);
    }

    private static void requireInOrder(boolean inOrder) {
      if (!inOrder) {
        throw new IllegalStateException("the parts of a row are not neighbours any more");
      }
    }
  }
}

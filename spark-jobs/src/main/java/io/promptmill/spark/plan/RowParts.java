package io.promptmill.spark.plan;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
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
  /**
   * What a row's first part has of the row, and no other: long rows are not copied for each part. A
   * struct of the row, the number of its parts, and the file it was read from.
   */
  private static final String ORIGIN = "_promptmill_row";

  private static final int KEEP_FAILED = -1;

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
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if {@code schema} has the
   *     name that this class needs
   */
  public static Dataset<Row> split(Dataset<Row> rows, StructType schema, Splitter splitter) {
    for (String name : schema.fieldNames()) {
      if (name.equalsIgnoreCase(ORIGIN)) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID,
            "expected no column '%s' in the prompt: the name is taken; rename it in the input"
                .formatted(name));
      }
    }
    StructType origin =
        new StructType()
            .add("row", rows.schema(), false)
            .add("parts", DataTypes.IntegerType, false)
            .add("file", DataTypes.StringType, false);
    int width = schema.length();
    FlatMapFunction<Row, Row> split =
        row -> {
          List<Row> parts = splitter.parts(row);
          List<Row> out = new ArrayList<>(Math.max(1, parts.size()));
          for (int i = 0; i < Math.max(1, parts.size()); i++) {
            Object[] values = new Object[width + 1];
            for (int column = 0; column < width && !parts.isEmpty(); column++) {
              values[column] = parts.get(i).get(column);
            }
            values[width] = i == 0 ? RowFactory.create(row, parts.size(), file()) : null;
            out.add(RowFactory.create(values));
          }
          return out.iterator();
        };
    return rows.flatMap(split, Encoders.row(nullable(schema).add(ORIGIN, origin, true)));
  }

  private static String file() {
    return InputFileBlockHolder.getInputFilePath().toString();
  }

  private static StructType nullable(StructType schema) {
    StructType result = new StructType();
    for (StructField field : schema.fields()) {
      result = result.add(field.name(), field.dataType(), true);
    }
    return result;
  }

  /** As {@link #join(Dataset, StructField, Joiner, boolean)}; failed rows are kept. */
  public static Dataset<Row> join(Dataset<Row> parts, StructField result, Joiner joiner) {
    return join(parts, result, joiner, false);
  }

  /**
   * The columns that {@link #split} was given and, after them, {@code result}.
   *
   * @param parts what {@link #split} gave, with columns added
   * @param failOnError whether the first row with an error ends the job, and the error says which
   *     row that is; the result is then a struct with the field {@link RowError#FIELD}
   */
  public static Dataset<Row> join(
      Dataset<Row> parts, StructField result, Joiner joiner, boolean failOnError) {
    int originColumn = parts.schema().fieldIndex(ORIGIN);
    StructType origin = (StructType) parts.schema().fields()[originColumn].dataType();
    StructType schema = ((StructType) origin.fields()[0].dataType()).add(result);
    int errorField =
        failOnError ? ((StructType) result.dataType()).fieldIndex(RowError.FIELD) : KEEP_FAILED;
    MapPartitionsFunction<Row, Row> join =
        in -> new Joined(in, originColumn, schema, joiner, errorField);
    return parts.mapPartitions(join, Encoders.row(schema));
  }

  private static final class Joined implements Iterator<Row> {
    private final Iterator<Row> parts;
    private final int originColumn;
    private final StructType schema;
    private final Joiner joiner;
    private final int errorField;
    private long rows;

    /**
     * @param schema of the rows: Spark hands them to a join above this one as they are
     */
    Joined(
        Iterator<Row> parts, int originColumn, StructType schema, Joiner joiner, int errorField) {
      this.parts = parts;
      this.originColumn = originColumn;
      this.schema = schema;
      this.joiner = joiner;
      this.errorField = errorField;
    }

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
      Row origin = first.getStruct(originColumn);
      requireInOrder(origin != null);
      Row row = origin.getStruct(0);
      int count = origin.getInt(1);
      List<Row> own = new ArrayList<>(count == 0 ? Collections.emptyList() : List.of(first));
      while (own.size() < count) {
        requireInOrder(parts.hasNext());
        Row part = parts.next();
        requireInOrder(part.isNullAt(originColumn));
        own.add(part);
      }
      Object[] values = new Object[row.length() + 1];
      for (int i = 0; i < row.length(); i++) {
        values[i] = row.get(i);
      }
      values[row.length()] = joiner.join(row, own);
      if (errorField != KEEP_FAILED) {
        failOnError((Row) values[row.length()], origin.getString(2));
      }
      rows++;
      return new GenericRowWithSchema(values, schema);
    }

    private void failOnError(Row result, String file) {
      if (!result.isNullAt(errorField)) {
        throw RowError.of(result.getStruct(errorField))
            .failure(new RowPlace(rows, TaskContext.getPartitionId(), file));
      }
    }

    private static void requireInOrder(boolean inOrder) {
      if (!inOrder) {
        throw new IllegalStateException("the parts of a row are not neighbours any more");
      }
    }
  }
}

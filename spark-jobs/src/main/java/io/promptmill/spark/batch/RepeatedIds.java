package io.promptmill.spark.batch;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Values of {@code custom_id} that several lines have.
 *
 * @param ids each with its first and its last place, kept in Spark's cache; nothing if there are
 *     none
 * @param size how many there are
 */
record RepeatedIds(Dataset<Row> ids, long size) {
  static final StructType PLACED_ID =
      new StructType()
          .add(LineRows.FILE, DataTypes.StringType)
          .add(LineRows.NUMBER, DataTypes.LongType)
          .add(LineRows.CUSTOM_ID, DataTypes.StringType);

  private static final String REPEATED = "repeated_id";
  private static final String HASH = "hash";

  /** Every executor can hold as many; beyond, lines are shuffled to their ids. */
  private static final long MOST_BROADCAST = 1_000_000;

  /**
   * Looks for them at once, as there are none as a rule. Counts hashes, which are short, of all
   * lines, and compares ids and places only where a hash comes more than once.
   *
   * @param placed ids of all lines, as {@link #PLACED_ID}
   */
  static RepeatedIds find(Dataset<Row> placed) {
    Dataset<Row> named = placed.filter(col(LineRows.CUSTOM_ID).isNotNull());
    Dataset<Row> hashes = repeatedHashes(named).persist();
    long suspects = hashes.count();
    if (suspects == 0) {
      hashes.unpersist();
      return new RepeatedIds(placed.sparkSession().emptyDataFrame(), 0);
    }
    Dataset<Row> ids =
        named
            .select(col("*"), hash())
            .join(small(hashes, suspects), new String[] {HASH}, "left_semi")
            .groupBy(col(LineRows.CUSTOM_ID).as(REPEATED))
            .agg(
                count(lit(1)).as("lines"),
                min(struct(LineRows.FILE, LineRows.NUMBER)).as("first"),
                max(struct(LineRows.FILE, LineRows.NUMBER)).as("last"))
            .filter(col("lines").gt(1))
            .persist();
    RepeatedIds repeated = new RepeatedIds(ids, ids.count());
    hashes.unpersist();
    return repeated;
  }

  static Dataset<Row> repeatedHashes(Dataset<Row> named) {
    return named.select(hash()).groupBy(HASH).count().filter(col("count").gt(1)).select(HASH);
  }

  private static Column hash() {
    return xxhash64(col(LineRows.CUSTOM_ID)).as(HASH);
  }

  private static Dataset<Row> small(Dataset<Row> rows, long size) {
    return size <= MOST_BROADCAST ? broadcast(rows) : rows;
  }

  /** Whether {@link #refuse} leaves lines where they are. */
  boolean keepsOrder() {
    return size <= MOST_BROADCAST;
  }

  /**
   * Refuses all lines that have one of them: which of them came first is not theirs to say.
   *
   * @param lines as {@link LineRows} has them
   */
  Dataset<Row> refuse(Dataset<Row> lines) {
    if (size == 0) {
      return lines;
    }
    MapFunction<Row, Row> refuse = RepeatedIds::refused;
    return lines
        .join(small(ids, size), col(LineRows.CUSTOM_ID).equalTo(col(REPEATED)), "left")
        .map(refuse, Encoders.row(LineRows.SCHEMA));
  }

  private static Row refused(Row joined) {
    BatchLine line = LineRows.line(joined);
    if (line.refusal() == null && joined.getAs(REPEATED) != null) {
      String first = place(joined.getAs("first"));
      String other = first.equals(line.place()) ? place(joined.getAs("last")) : first;
      line =
          line.refused(
              new Refusal.OfLine(
                  "duplicate_custom_id",
                  "%s: custom_id: expected one of its own, found that of %s"
                      .formatted(line.place(), other)));
    }
    return LineRows.of(line);
  }

  private static String place(Row struct) {
    return BatchLine.place(struct.getString(0), struct.getLong(1));
  }
}

package io.promptmill.spark.classification;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ClassificationKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.io.Columns;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * The column of right labels.
 *
 * @param delimiter between labels of a text that holds several
 */
record Gold(String column, String delimiter) {

  static Optional<Gold> of(PromptmillConf conf) {
    return conf.find(ClassificationKeys.GOLD_COLUMN)
        .map(column -> new Gold(column, conf.get(ClassificationKeys.GOLD_DELIMITER)));
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there is no such column or
   *     it cannot hold labels
   */
  void check(StructType rows, Kind kind) {
    DataType type = Columns.require(rows, column).dataType();
    boolean nested =
        type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    if (kind instanceof MultiLabel ? !isList(type) && !(type instanceof StringType) : nested) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "--gold-column '%s': expected %s, found %s"
              .formatted(
                  column,
                  kind instanceof MultiLabel ? "array<string>, or a text" : "a text or a number",
                  type.catalogString()));
    }
  }

  private static boolean isList(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof StringType;
  }

  /**
   * The right label as a text without white space around it; null where there is none, or an empty
   * one.
   */
  Column one() {
    return functions.nullif(WhiteSpace.strip(of().cast("string")), functions.lit(""));
  }

  /** The right labels, each once, as an array; null where there is none. */
  Column many(StructType rows) {
    Column texts =
        isList(rows.apply(column).dataType())
            ? of()
            : functions.split(of(), Pattern.quote(delimiter));
    Column stripped = functions.transform(texts, (Function1<Column, Column>) WhiteSpace::strip);
    return functions.array_distinct(
        functions.filter(stripped, text -> text.isNotNull().and(text.notEqual(""))));
  }

  private Column of() {
    return Columns.col(column);
  }
}

package io.promptmill.spark.plan;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.io.Columns;
import io.promptmill.udf.CandidateSource;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import io.promptmill.udf.PromptSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * The columns that a spec reads, bound to a table's attributes. Single values are read as text with
 * Spark's own cast; a binary column's bytes are taken as UTF-8.
 *
 * @param names columns' names, which are the Arrow names too
 * @param expressions their values
 */
record InputColumns(List<String> names, List<Expression> expressions) {

  /**
   * @param timeZone of timestamps as text
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a column is unknown,
   *     ambiguous or of a type that cannot be read
   */
  static InputColumns bind(List<Attribute> table, InferSpec spec, String timeZone) {
    List<String> names = InferSpecs.requiredColumns(spec);
    List<Expression> expressions = new ArrayList<>();
    for (String name : names) {
      Attribute attribute = find(table, name);
      if (spec.prompt().source() instanceof PromptSource.Messages messages
          && messages.column().equals(name)) {
        expressions.add(messages(attribute));
      } else if (spec instanceof InferSpec.Score score
          && score.candidates() instanceof CandidateSource.ListColumn list
          && list.column().equals(name)) {
        expressions.add(textArray(attribute));
      } else {
        expressions.add(text(attribute, timeZone));
      }
    }
    return new InputColumns(names, List.copyOf(expressions));
  }

  private static Attribute find(List<Attribute> table, String name) {
    return table.get(Columns.index(table.stream().map(Attribute::name).toList(), name));
  }

  private static Expression text(Attribute column, String timeZone) {
    DataType type = column.dataType();
    if (type instanceof StringType) {
      return column;
    }
    if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
      throw wrongType(column, "text, or a single value that reads as text");
    }
    return new Cast(column, DataTypes.StringType, Option.apply(timeZone), EvalMode.LEGACY());
  }

  private static Expression textArray(Attribute column) {
    if (column.dataType() instanceof ArrayType array && array.elementType() instanceof StringType) {
      return column;
    }
    throw wrongType(column, "array<string>");
  }

  private static Expression messages(Attribute column) {
    boolean json = column.dataType() instanceof StringType;
    boolean structs =
        column.dataType() instanceof ArrayType array
            && array.elementType() instanceof StructType message
            && hasText(message, "role")
            && hasText(message, "content");
    if (json || structs) {
      return column;
    }
    throw wrongType(column, "array<struct<role:string,content:string>>, or its JSON as text");
  }

  private static boolean hasText(StructType struct, String name) {
    for (StructField field : struct.fields()) {
      if (field.name().equals(name) && field.dataType() instanceof StringType) {
        return true;
      }
    }
    return false;
  }

  private static PromptmillException wrongType(Attribute column, String expected) {
    return invalid(
        "column '%s': expected %s, found %s"
            .formatted(column.name(), expected, column.dataType().catalogString()));
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}

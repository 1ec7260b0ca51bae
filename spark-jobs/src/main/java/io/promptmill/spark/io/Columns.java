package io.promptmill.spark.io;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.NearestName;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of a table by the names that options give; a name may be any text. */
public final class Columns {
  private Columns() {}

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there is no such column,
   *     or more than one
   */
  public static StructField require(StructType table, String name) {
    return table.fields()[index(List.of(table.fieldNames()), name)];
  }

  /**
   * Where the column stands.
   *
   * @param names of the table's columns
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there is no such column,
   *     or more than one
   */
  public static int index(List<String> names, String name) {
    if (names.isEmpty()) {
      throw invalid("no column '%s': the input is empty, and has no columns".formatted(name));
    }
    int index = names.indexOf(name);
    if (index < 0) {
      throw invalid(
          "no column '%s' in the input%s; it has: %s"
              .formatted(name, NearestName.hint(name, names), String.join(", ", names)));
    }
    if (index != names.lastIndexOf(name)) {
      throw invalid(
          "column '%s' stands %d times in the input: %s"
              .formatted(
                  name, names.stream().filter(name::equals).count(), String.join(", ", names)));
    }
    return index;
  }

  /**
   * @param result name of a column that is to be added; Spark does not tell it from another case
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the table has one already
   */
  public static void requireNone(StructType table, String result) {
    List<String> names = List.of(table.fieldNames());
    if (names.stream().anyMatch(result::equalsIgnoreCase)) {
      throw invalid(
          "the input has a column '%s', which is the result's name; rename or drop it. It has: %s"
              .formatted(result, String.join(", ", names)));
    }
  }

  /** The columns alone, in this order. */
  public static StructType select(StructType table, List<String> names) {
    StructType selected = new StructType();
    for (String name : names) {
      selected = selected.add(require(table, name));
    }
    return selected;
  }

  /** A column of a table, where Spark would read dots and backticks of the name as its syntax. */
  public static Column col(String name) {
    return functions.col(quoted(name));
  }

  /** The name as SQL has it. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}

package io.promptmill.spark.plan;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Why a row has no result.
 *
 * @param category an {@link ErrorCode}'s name
 * @param message for people
 */
public record RowError(String category, String message) {
  /** Name of a result's field that holds it; null where the row succeeded. */
  public static final String FIELD = "error";

  public static final StructType TYPE =
      new StructType()
          .add("category", DataTypes.StringType, false)
          .add("message", DataTypes.StringType, false);

  /**
   * @param struct of {@link #TYPE}
   */
  public static RowError of(Row struct) {
    return new RowError(struct.getString(0), struct.getString(1));
  }

  /** For a row whose error ends the job. */
  PromptmillException failure(RowPlace place) {
    return new PromptmillException(code(), category + ": " + place + ": " + message);
  }

  private ErrorCode code() {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.name().equalsIgnoreCase(category)) {
        return code;
      }
    }
    return ErrorCode.ENGINE_FAILED;
  }
}

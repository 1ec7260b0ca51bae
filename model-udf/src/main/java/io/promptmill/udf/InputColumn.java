package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** A column of the input batch by its name. */
final class InputColumn {

  private InputColumn() {}

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the batch has no column of
   *     that name, or a dictionary-encoded one, whose dictionary is not part of the batch
   */
  static FieldVector of(VectorSchemaRoot batch, String name) {
    FieldVector vector = batch.getVector(name);
    if (vector == null) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "column '"
              + name
              + "' is not in the input, which has "
              + batch.getSchema().getFields().stream().map(Field::getName).toList());
    }
    if (vector.getField().getDictionary() != null) {
      throw unsupported(vector, "plain values");
    }
    return vector;
  }

  /** What to throw at a column of the wrong type. */
  static PromptmillException unsupported(FieldVector vector, String expected) {
    Field field = vector.getField();
    String encoded = field.getDictionary() == null ? "" : "dictionary-encoded ";
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "column '"
            + field.getName()
            + "': expected "
            + expected
            + ", found "
            + encoded
            + field.getType()
            + (field.getChildren().isEmpty() ? "" : " of " + field.getChildren()));
  }
}

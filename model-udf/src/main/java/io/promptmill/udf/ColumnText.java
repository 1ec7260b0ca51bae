package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;

/** A text column's values. */
@FunctionalInterface
interface ColumnText {

  /**
   * The value of a row, or null where it has none.
   *
   * @throws PromptmillException if the bytes are not UTF-8
   */
  String at(int row);

  static boolean isText(FieldVector vector) {
    return vector instanceof VarCharVector
        || vector instanceof LargeVarCharVector
        || vector instanceof ViewVarCharVector;
  }

  /**
   * @param column name of the input column that holds the texts, for errors
   * @param malformed category of a value that is not UTF-8
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the column is not text
   */
  static ColumnText of(FieldVector vector, String column, ErrorCode malformed) {
    IntFunction<byte[]> bytes = bytes(vector);
    return row -> vector.isNull(row) ? null : decode(bytes.apply(row), column, malformed);
  }

  private static IntFunction<byte[]> bytes(FieldVector vector) {
    if (vector instanceof VarCharVector text) {
      return text::get;
    }
    if (vector instanceof LargeVarCharVector text) {
      return text::get;
    }
    if (vector instanceof ViewVarCharVector text) {
      return text::get;
    }
    throw InputColumn.unsupported(vector, "text");
  }

  private static String decode(byte[] utf8, String column, ErrorCode malformed) {
    ByteBuffer in = ByteBuffer.wrap(utf8);
    CharBuffer out = CharBuffer.allocate(utf8.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw new PromptmillException(
          malformed,
          "column '%s': expected UTF-8, found byte 0x%02X at offset %d of %d"
              .formatted(column, utf8[in.position()], in.position(), utf8.length));
    }
    return out.flip().toString();
  }
}

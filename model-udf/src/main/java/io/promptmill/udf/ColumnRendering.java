package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.IntFunction;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Values of any simple column as the text that Spark's {@code CAST(… AS STRING)} gives. */
final class ColumnRendering {

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private ColumnRendering() {}

  /**
   * @param malformed category of a text value that is not UTF-8
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} that names the column and its
   *     type if it is neither text, number, boolean, date nor timestamp
   */
  static ColumnText of(FieldVector vector, String column, ErrorCode malformed) {
    if (ColumnText.isText(vector)) {
      return ColumnText.of(vector, column, malformed);
    }
    IntFunction<String> text = text(vector);
    return row -> vector.isNull(row) ? null : text.apply(row);
  }

  private static IntFunction<String> text(FieldVector vector) {
    if (vector instanceof BitVector bits) {
      return row -> Boolean.toString(bits.get(row) != 0);
    }
    if (vector instanceof TinyIntVector numbers) {
      return row -> Integer.toString(numbers.get(row));
    }
    if (vector instanceof SmallIntVector numbers) {
      return row -> Integer.toString(numbers.get(row));
    }
    if (vector instanceof IntVector numbers) {
      return row -> Integer.toString(numbers.get(row));
    }
    if (vector instanceof BigIntVector numbers) {
      return row -> Long.toString(numbers.get(row));
    }
    if (vector instanceof Float4Vector numbers) {
      return row -> Float.toString(numbers.get(row));
    }
    if (vector instanceof Float8Vector numbers) {
      return row -> Double.toString(numbers.get(row));
    }
    if (vector instanceof DecimalVector numbers) {
      return row -> numbers.getObject(row).toPlainString();
    }
    if (vector instanceof DateDayVector days) {
      return row -> LocalDate.ofEpochDay(days.get(row)).toString();
    }
    if (vector instanceof TimeStampVector instants) {
      return timestamp(instants);
    }
    if (vector instanceof NullVector) {
      return row -> null;
    }
    throw InputColumn.unsupported(vector, "text, number, boolean, date or timestamp");
  }

  private static IntFunction<String> timestamp(TimeStampVector instants) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) instants.getField().getType();
    ChronoUnit unit =
        switch (type.getUnit()) {
          case SECOND -> ChronoUnit.SECONDS;
          case MILLISECOND -> ChronoUnit.MILLIS;
          case MICROSECOND -> ChronoUnit.MICROS;
          case NANOSECOND -> ChronoUnit.NANOS;
        };
    ZoneId zone = type.getTimezone() == null ? ZoneOffset.UTC : ZoneId.of(type.getTimezone());
    return row -> TIMESTAMP.format(Instant.EPOCH.plus(instants.get(row), unit).atZone(zone));
  }
}

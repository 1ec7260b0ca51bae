package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Expected values are those of {@code CAST(… AS STRING)} in Spark 4.2 with ANSI mode on. */
class ColumnRenderingTest {

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @Test
  void wholeNumbers() {
    TinyIntVector bytes = new TinyIntVector("c", allocator);
    bytes.setSafe(0, -128);
    SmallIntVector shorts = new SmallIntVector("c", allocator);
    shorts.setSafe(0, 32767);
    IntVector ints = new IntVector("c", allocator);
    ints.setSafe(0, -7);
    BigIntVector longs = new BigIntVector("c", allocator);
    longs.setSafe(0, Long.MIN_VALUE);

    assertThat(render(bytes)).isEqualTo("-128");
    assertThat(render(shorts)).isEqualTo("32767");
    assertThat(render(ints)).isEqualTo("-7");
    assertThat(render(longs)).isEqualTo("-9223372036854775808");
  }

  @Test
  void fractions() {
    Float4Vector floats = new Float4Vector("c", allocator);
    floats.setSafe(0, 0.1f);
    Float8Vector doubles = new Float8Vector("c", allocator);
    doubles.setSafe(0, 1e7);
    DecimalVector decimals = new DecimalVector("c", allocator, 38, 10);
    decimals.setSafe(0, new BigDecimal("0.0000000010"));

    assertThat(render(floats)).isEqualTo("0.1");
    assertThat(render(doubles)).isEqualTo("1.0E7");
    assertThat(render(decimals)).isEqualTo("0.0000000010");
  }

  @Test
  void booleans() {
    BitVector booleans = new BitVector("c", allocator);
    booleans.setSafe(0, 1);

    assertThat(render(booleans)).isEqualTo("true");
  }

  @Test
  void datesAndTimestamps() {
    DateDayVector dates = new DateDayVector("c", allocator);
    dates.setSafe(0, (int) LocalDate.of(2024, 2, 29).toEpochDay());
    TimeStampMicroVector local = new TimeStampMicroVector("c", allocator);
    local.setSafe(0, micros("2024-02-29T01:02:03Z"));
    TimeStampMicroTZVector instants = new TimeStampMicroTZVector("c", allocator, "Asia/Tokyo");
    instants.setSafe(0, micros("2024-02-29T01:02:03.004500Z"));

    assertThat(render(dates)).isEqualTo("2024-02-29");
    assertThat(render(local)).isEqualTo("2024-02-29 01:02:03");
    assertThat(render(instants)).isEqualTo("2024-02-29 10:02:03.0045");
  }

  @Test
  void textOfEveryLayout() {
    LargeVarCharVector large = new LargeVarCharVector("c", allocator);
    large.setSafe(0, utf8("größer"));
    ViewVarCharVector view = new ViewVarCharVector("c", allocator);
    view.allocateNew();
    view.setSafe(0, utf8("a view longer than twelve bytes"));

    assertThat(render(large)).isEqualTo("größer");
    assertThat(render(view)).isEqualTo("a view longer than twelve bytes");
  }

  @Test
  void nullIsNull() {
    IntVector ints = new IntVector("c", allocator);
    ints.setNull(0);

    assertThat(render(ints)).isNull();
    assertThat(render(new NullVector("c"))).isNull();
  }

  @Test
  void refusesOtherTypesNamingColumnAndType() {
    try (VarBinaryVector bytes = new VarBinaryVector("payload", allocator)) {
      assertThatThrownBy(() -> ColumnRendering.of(bytes, "payload", ErrorCode.PROMPT_INVALID))
          .isInstanceOf(PromptmillException.class)
          .hasMessage(
              "column 'payload': expected text, number, boolean, date or timestamp, found Binary");
    }
  }

  private static String render(FieldVector vector) {
    try (vector) {
      vector.setValueCount(1);
      return ColumnRendering.of(vector, "c", ErrorCode.PROMPT_INVALID).at(0);
    }
  }

  private static long micros(String instant) {
    Instant parsed = Instant.parse(instant);
    return parsed.getEpochSecond() * 1_000_000 + parsed.getNano() / 1_000;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

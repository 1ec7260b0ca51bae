package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
  private static final String NAME = "model.safetensors";

  @Test
  void listsTensorsInTheOrderOfTheirOffsetsWhateverTheHeadersOrder() {
    String header =
        """
        {"b": {"dtype": "F32", "shape": [2], "data_offsets": [6, 14]},
         "__metadata__": {"format": "pt"},
         "a": {"dtype": "BF16", "shape": [3, 1], "data_offsets": [0, 6]}}   \s""";
    SafetensorsFile parsed = SafetensorsFile.open(file(header, 14));
    long bodies = 8L + header.length();
    assertThat(parsed.tensors())
        .containsExactly(
            new TensorEntry("a", DType.BF16, List.of(3L, 1L), NAME, bodies, 6),
            new TensorEntry("b", DType.F32, List.of(2L), NAME, bodies + 6, 8));
  }

  @Test
  void acceptsScalarsAndEmptyTensors() {
    String header =
        """
        {"scalar": {"dtype": "F16", "shape": [], "data_offsets": [0, 2]},
         "empty": {"dtype": "F16", "shape": [0, 9], "data_offsets": [2, 2]}}""";
    assertThat(SafetensorsFile.open(file(header, 2)).tensors())
        .extracting(TensorEntry::bytes)
        .containsExactly(2L, 0L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void refusesFileShorterThanTheHeaderLengthField(int length) {
    refuses(memory(new byte[length], length))
        .hasMessageContainingAll("truncated", "at least 8 bytes", "found " + length);
  }

  @Test
  void refusesHeaderLongerThanTheFile() {
    refuses(memory(prefixed(1000, "{}", 0), 10))
        .hasMessageContainingAll("header length", "2 bytes", "found 1000");
  }

  @ParameterizedTest
  @CsvSource({"100000001,100000001", "-1,18446744073709551615"})
  void refusesHeaderLargerThanTheFormatAllows(long length, String shown) {
    refuses(memory(prefixed(length, "{}", 0), Long.MAX_VALUE))
        .hasMessageContainingAll("header length", "at most 100000000", "found " + shown);
  }

  @Test
  void refusesFileThatEndsWithinItsHeader() {
    refuses(memory(prefixed(40, "{}", 0), 200)).hasMessageContaining("header cannot be read");
  }

  @Test
  void refusesHeaderThatIsNotUtf8() {
    byte[] bytes = prefixed(4, "{..}", 0);
    bytes[9] = (byte) 0xc3;
    refuses(memory(bytes, bytes.length)).hasMessageContainingAll("expected UTF-8", "byte 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": ", "{'a': 1}", "{\"a\": NaN}", "not json", "{\"a\": {]}"})
  void refusesHeaderThatIsNotJson(String header) {
    refuses(file(header, 0)).hasMessageContainingAll("expected valid JSON", "line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "[]", "null", "{} {}", "{} 1"})
  void refusesHeaderThatIsNotOneObject(String header) {
    refuses(file(header, 0)).hasMessageContaining("expected one JSON object");
  }

  @Test
  void refusesDuplicateNames() {
    String tensor = "\"twice\": {\"dtype\": \"F32\", \"shape\": [], \"data_offsets\": [0, 4]}";
    refuses(file("{" + tensor + "," + tensor + "}", 4))
        .hasMessageContainingAll("Duplicate", "twice");
  }

  @Test
  void refusesDuplicateFieldsOfATensor() {
    refuses(
            file(
                "{\"a\": {\"dtype\": \"F32\", \"dtype\": \"F16\", \"shape\": [], "
                    + "\"data_offsets\": [0, 4]}}",
                4))
        .hasMessageContainingAll("Duplicate", "dtype");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F8_E4M3", "I64", "bf16", ""})
  void refusesTypesItCannotRead(String type) {
    assertThatThrownBy(() -> SafetensorsFile.open(tensor("\"" + type + "\"", "[1]", "[0, 4]", 4)))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNSUPPORTED))
        .hasMessageContainingAll(NAME, "tensor a", "dtype " + type, "BF16, F16, F32");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3     | [1]        | [0, 4]    | dtype: expected a string, found 3",
        "null  | [1]        | [0, 4]    | dtype: expected a string, found null",
        "'F32' | 1          | [0, 4]    | shape: expected an array",
        "'F32' | null       | [0, 4]    | shape: expected an array",
        "'F32' | [1.5]      | [0, 4]    | shape: expected an array",
        "'F32' | ['1']      | [0, 4]    | shape: expected an array",
        "'F32' | [-1]       | [0, 4]    | shape: expected an array",
        "'F32' | [18446744073709551616] | [0, 4] | shape: expected an array",
        "'F32' | [1]        | {}        | data_offsets: expected an array",
        "'F32' | [1]        | [0]       | data_offsets: expected [begin, end], found [0]",
        "'F32' | [1]        | [0, 4, 8] | data_offsets: expected [begin, end], found [0,4,8]",
        "'F32' | [1]        | [-4, 0]   | data_offsets: expected an array of non-negative",
      })
  void refusesFieldsOfTheWrongType(String type, String shape, String offsets, String message) {
    refuses(tensor(type.replace('\'', '"'), shape.replace('\'', '"'), offsets, 4))
        .hasMessageContainingAll("tensor a", message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "null", "[]", "\"F32\"", "{}"})
  void refusesTensorWithoutFields(String value) {
    refuses(file("{\"a\": " + value + "}", 0))
        .hasMessageContainingAll("tensor a", "dtype: expected a string, found nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[0, 8]", "[4, 0]", "[8, 12]", "[0, 9223372036854775807]"})
  void refusesOffsetsOutOfRange(String offsets) {
    refuses(tensor("\"F32\"", "[1]", offsets, 4))
        .hasMessageContainingAll(
            "tensor a", "expected begin ≤ end ≤ the file's 4 bytes", "found " + offsets);
  }

  @Test
  void refusesByteCountThatContradictsShapeAndType() {
    refuses(tensor("\"BF16\"", "[3, 5]", "[0, 28]", 28))
        .hasMessageContainingAll("tensor a", "expected 30 bytes for BF16 [3, 5]", "found 28");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[9223372036854775807]",
        "[4294967296, 4294967296]",
        "[3037000500, 3037000500, 3037000500, 3037000500]"
      })
  void refusesShapesWhoseSizeOverflows(String shape) {
    refuses(tensor("\"F32\"", shape, "[0, 4]", 4))
        .hasMessageContainingAll("tensor a", "shape: expected a product below 2^63", shape);
  }

  @Test
  void refusesOverlap() {
    refuses(two("[0, 4]", "[2, 6]", 6))
        .hasMessageContainingAll("tensor b", "overlaps a", "byte", "found");
  }

  @Test
  void refusesTwoTensorsInOnePlace() {
    refuses(two("[0, 4]", "[0, 4]", 4)).hasMessageContaining("overlaps");
  }

  @Test
  void refusesHoles() {
    refuses(two("[0, 4]", "[6, 10]", 10))
        .hasMessageContainingAll("tensor b", "leaves a hole after a");
    refuses(two("[2, 6]", "[6, 10]", 10))
        .hasMessageContainingAll("tensor a", "leaves a hole after the header");
  }

  @Test
  void refusesBytesAfterTheLastTensor() {
    refuses(two("[0, 4]", "[4, 8]", 9)).hasMessageContaining("expected the file to end with b");
  }

  @Test
  void refusesDamageOfAnyKindWithItsOwnException() {
    byte[] whole =
        TinyCheckpoint.safetensors(
            TinyCheckpoint.SMALL, TinyCheckpoint.HALF, TinyCheckpoint.SCALAR);
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(4) > 0 ? whole.length : 200);
      for (int i = random.nextInt(3); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        SafetensorsFile.open(memory(damaged, damaged.length));
      } catch (PromptmillException e) {
        refused++;
      }
    }
    // The rest was damaged in names or bodies only.
    assertThat(refused).isBetween(2500, 4999);
  }

  private static AbstractThrowableAssert<?, ?> refuses(CheckpointFile file) {
    return assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
        .hasMessageContaining(NAME);
  }

  private static CheckpointFile tensor(String type, String shape, String offsets, int bodies) {
    String tensor = "{\"dtype\": %s, \"shape\": %s, \"data_offsets\": %s}";
    return file("{\"a\": " + tensor.formatted(type, shape, offsets) + "}", bodies);
  }

  private static CheckpointFile two(String a, String b, int bodies) {
    String tensor = "{\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": %s}";
    return file("{\"a\": " + tensor.formatted(a) + ", \"b\": " + tensor.formatted(b) + "}", bodies);
  }

  private static CheckpointFile file(String header, int bodies) {
    byte[] bytes = prefixed(header.length(), header, bodies);
    return memory(bytes, bytes.length);
  }

  private static byte[] prefixed(long length, String header, int bodies) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    bytes.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(new byte[bodies]);
    return bytes.toByteArray();
  }

  /** A file in memory that claims a size of its own. */
  private static CheckpointFile memory(byte[] bytes, long claimedSize) {
    RangeReader reader =
        new RangeReader() {
          @Override
          public void readFully(long position, ByteBuffer target) throws EOFException {
            if (position + target.remaining() > bytes.length) {
              throw new EOFException();
            }
            target.put(bytes, (int) position, target.remaining());
          }

          @Override
          public void close() {}
        };
    return new CheckpointFile(NAME, claimedSize, () -> reader);
  }
}

package io.promptmill.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tensors of one safetensors file, from its validated header. The format (safetensors README):
 * 8 bytes little-endian header length N, N bytes of JSON {@code name → {dtype, shape,
 * data_offsets}}, then the bodies; offsets count from the end of the header, and the bodies cover
 * the rest of the file without holes or overlaps.
 *
 * @param file the file
 * @param tensors in the order of their offsets
 * @param digest SHA-256 of the N bytes of JSON
 */
record SafetensorsFile(CheckpointFile file, List<TensorEntry> tensors, byte[] digest) {
  private static final int LENGTH_BYTES = 8;

  /** The format's own limit on N. */
  private static final int MAX_HEADER_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";

  /**
   * Reads and validates the header; no body is read.
   *
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} that names file, tensor,
   *     expected and found for anything that contradicts the format, and with {@link
   *     ErrorCode#MODEL_UNSUPPORTED} for an element type that {@link DType} lacks
   */
  static SafetensorsFile open(CheckpointFile file) {
    byte[] header = readHeader(file);
    long bodies = LENGTH_BYTES + (long) header.length;
    String json = StrictJson.utf8(header, file.name() + " header");
    List<TensorEntry> tensors = new ArrayList<>();
    try (JsonParser parser = StrictJson.MAPPER.createParser(json)) {
      requireToken(file, parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        JsonNode value = parser.readValueAsTree();
        if (!name.equals(METADATA)) {
          tensors.add(entry(file, name, value, bodies));
        }
      }
      requireToken(file, parser.nextToken(), null);
    } catch (JsonProcessingException e) {
      throw StrictJson.malformed(file.name() + " header", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    tensors.sort(Comparator.comparingLong(TensorEntry::offset).thenComparing(TensorEntry::bytes));
    requireCover(file, tensors, bodies);
    return new SafetensorsFile(file, List.copyOf(tensors), Revision.sha256().digest(header));
  }

  private static byte[] readHeader(CheckpointFile file) {
    if (file.size() < LENGTH_BYTES) {
      throw invalid(file, "truncated: expected at least 8 bytes, found " + file.size());
    }
    try (RangeReader reader = file.opener().open()) {
      ByteBuffer prefix = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      reader.readFully(0, prefix);
      long length = prefix.getLong(0);
      long available = file.size() - LENGTH_BYTES;
      if (length < 0 || length > MAX_HEADER_BYTES) {
        throw invalid(
            file,
            "header length: expected at most "
                + MAX_HEADER_BYTES
                + " bytes, found "
                + Long.toUnsignedString(length));
      }
      if (length > available) {
        throw invalid(
            file,
            "header length: expected at most the file's remaining "
                + available
                + " bytes, found "
                + length);
      }
      byte[] header = new byte[(int) length];
      reader.readFully(LENGTH_BYTES, ByteBuffer.wrap(header));
      return header;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireToken(CheckpointFile file, JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw invalid(file, "header: expected one JSON object, found token " + found);
    }
  }

  private static TensorEntry entry(CheckpointFile file, String name, JsonNode value, long bodies) {
    JsonNode type = value.path("dtype");
    if (!type.isTextual()) {
      throw invalid(file, name, "dtype: expected a string, found " + shown(type));
    }
    DType dtype = DType.of(type.textValue(), file.name(), name);
    List<Long> shape = longs(file, name, "shape", value.path("shape"));
    List<Long> offsets = longs(file, name, "data_offsets", value.path("data_offsets"));
    if (offsets.size() != 2) {
      throw invalid(
          file,
          name,
          "data_offsets: expected [begin, end], found " + shown(value.get("data_offsets")));
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    long available = file.size() - bodies;
    if (begin > end || end > available) {
      throw invalid(
          file,
          name,
          "data_offsets: expected begin ≤ end ≤ the file's "
              + available
              + " bytes of tensors, found "
              + offsets);
    }
    long expected = bytes(file, name, shape, dtype);
    if (end - begin != expected) {
      throw invalid(
          file,
          name,
          "expected "
              + expected
              + " bytes for "
              + dtype
              + " "
              + shape
              + ", found "
              + (end - begin));
    }
    return new TensorEntry(name, dtype, shape, file.name(), bodies + begin, expected);
  }

  private static List<Long> longs(CheckpointFile file, String name, String field, JsonNode value) {
    List<Long> longs = new ArrayList<>();
    boolean valid = value.isArray();
    for (JsonNode element : value) {
      valid &= element.isIntegralNumber() && element.canConvertToLong() && element.longValue() >= 0;
      longs.add(element.longValue());
    }
    if (!valid) {
      throw invalid(
          file,
          name,
          field + ": expected an array of non-negative 64-bit integers, found " + shown(value));
    }
    return longs;
  }

  private static long bytes(CheckpointFile file, String name, List<Long> shape, DType dtype) {
    try {
      long bytes = dtype.bytes();
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw invalid(
          file, name, "shape: expected a product below 2^63 bytes, found " + dtype + " " + shape);
    }
  }

  private static void requireCover(CheckpointFile file, List<TensorEntry> tensors, long bodies) {
    long covered = bodies;
    String last = "the header";
    for (TensorEntry tensor : tensors) {
      if (tensor.offset() != covered) {
        throw invalid(
            file,
            tensor.name(),
            (tensor.offset() < covered ? "overlaps " : "leaves a hole after ")
                + last
                + ": expected to begin at byte "
                + covered
                + " of the file, found "
                + tensor.offset());
      }
      covered += tensor.bytes();
      last = tensor.name();
    }
    if (covered != file.size()) {
      throw invalid(
          file,
          "expected the file to end with "
              + last
              + " at byte "
              + covered
              + ", found "
              + file.size()
              + " bytes");
    }
  }

  private static String shown(JsonNode value) {
    if (value == null || value.isMissingNode()) {
      return "nothing";
    }
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private static PromptmillException unreadable(CheckpointFile file, IOException e) {
    return new PromptmillException(
        ErrorCode.CHECKPOINT_INVALID, file.name() + ": header cannot be read: " + e, e);
  }

  private static PromptmillException invalid(CheckpointFile file, String what) {
    return new PromptmillException(ErrorCode.CHECKPOINT_INVALID, file.name() + ": " + what);
  }

  private static PromptmillException invalid(CheckpointFile file, String tensor, String what) {
    return invalid(file, "tensor " + tensor + ": " + what);
  }
}

package io.promptmill.spark.eval.document;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/**
 * Arrow IPC, stream or file format. The Hub's {@code datasets} writes the stream format into {@code
 * .arrow} files.
 */
final class ArrowRows implements RowReader {

  /** Opens the file format, padded to eight bytes; a stream as in the stream format follows. */
  private static final byte[] FILE_MAGIC = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);

  /** Before a message's length, since Arrow 0.15. */
  private static final int CONTINUES = -1;

  private static final int MOST_SCHEMA_BYTES = 64 << 20;

  @Override
  public List<Map<String, Object>> read(DataFile file, List<String> columns) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (InputStream in = stream(file);
        BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(in, allocator)) {
      VectorSchemaRoot batch = reader.getVectorSchemaRoot();
      ArrowValues values = new ArrowValues(file, reader::lookup);
      while (reader.loadNextBatch()) {
        for (int row = 0; row < batch.getRowCount(); row++) {
          Map<String, Object> fields = new LinkedHashMap<>();
          for (FieldVector column : batch.getFieldVectors()) {
            fields.put(column.getName(), values.at(column, row));
          }
          rows.add(fields);
        }
      }
    }
    return rows;
  }

  private static InputStream stream(DataFile file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file.open());
    in.mark(FILE_MAGIC.length);
    if (!Arrays.equals(in.readNBytes(FILE_MAGIC.length), FILE_MAGIC)) {
      in.reset();
    }
    requireMessage(in);
    return in;
  }

  /** Arrow's reader takes any number at the start for a length and asks for that much memory. */
  private static void requireMessage(BufferedInputStream in) throws IOException {
    in.mark(2 * Integer.BYTES);
    ByteBuffer start =
        ByteBuffer.wrap(in.readNBytes(2 * Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    in.reset();
    if (start.remaining() < 2 * Integer.BYTES) {
      return; // too short for a message, which the reader says
    }
    int first = start.getInt();
    int length = first == CONTINUES ? start.getInt() : first;
    if (length < 0 || length > MOST_SCHEMA_BYTES) {
      throw new IOException("a schema of " + length + " bytes");
    }
  }
}

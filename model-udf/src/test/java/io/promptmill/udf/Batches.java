package io.promptmill.udf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Input batches for tests; null is a null value. */
final class Batches {

  private Batches() {}

  static VectorSchemaRoot of(FieldVector... columns) {
    return new VectorSchemaRoot(List.of(columns));
  }

  static VarCharVector texts(BufferAllocator allocator, String name, String... values) {
    VarCharVector vector = new VarCharVector(name, allocator);
    vector.allocateNew();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        vector.setSafe(i, values[i].getBytes(StandardCharsets.UTF_8));
      }
    }
    vector.setValueCount(values.length);
    return vector;
  }

  /** A text column whose value at {@code row} is 0xC3 0x28, which is not UTF-8. */
  static VarCharVector malformed(BufferAllocator allocator, String name, int row, int rows) {
    VarCharVector vector = texts(allocator, name, "a".repeat(rows).split(""));
    vector.setSafe(row, new byte[] {'o', 'k', (byte) 0xC3, 0x28});
    for (int i = row + 1; i < rows; i++) {
      vector.setSafe(i, new byte[] {'a'});
    }
    vector.setValueCount(rows);
    return vector;
  }

  static ListVector lists(BufferAllocator allocator, String name, List<List<String>> values) {
    ListVector vector = ListVector.empty(name, allocator);
    vector.addOrGetVector(FieldType.nullable(ArrowType.Utf8.INSTANCE));
    vector.allocateNew();
    VarCharVector elements = (VarCharVector) vector.getDataVector();
    for (int row = 0; row < values.size(); row++) {
      if (values.get(row) != null) {
        int at = vector.startNewValue(row);
        for (String element : values.get(row)) {
          if (element != null) {
            elements.setSafe(at, element.getBytes(StandardCharsets.UTF_8));
          }
          at++;
        }
        vector.endValue(row, values.get(row).size());
      }
    }
    vector.setValueCount(values.size());
    return vector;
  }

  /** Conversations whose messages are written content first: {@code {role, content}} each. */
  static ListVector messages(BufferAllocator allocator, String name, String[][]... conversations) {
    Field message =
        new Field(
            "element",
            FieldType.nullable(ArrowType.Struct.INSTANCE),
            List.of(
                new Field("content", FieldType.nullable(ArrowType.Utf8.INSTANCE), List.of()),
                new Field("role", FieldType.nullable(ArrowType.Utf8.INSTANCE), List.of())));
    ListVector vector = ListVector.empty(name, allocator);
    vector.initializeChildrenFromFields(List.of(message));
    vector.allocateNew();
    StructVector structs = (StructVector) vector.getDataVector();
    for (int row = 0; row < conversations.length; row++) {
      if (conversations[row] != null) {
        int at = vector.startNewValue(row);
        for (String[] turn : conversations[row]) {
          structs.setIndexDefined(at);
          set(structs.getChild("role", VarCharVector.class), at, turn[0]);
          set(structs.getChild("content", VarCharVector.class), at, turn[1]);
          at++;
        }
        vector.endValue(row, conversations[row].length);
      }
    }
    vector.setValueCount(conversations.length);
    return vector;
  }

  private static void set(VarCharVector vector, int at, String value) {
    if (value != null) {
      vector.setSafe(at, value.getBytes(StandardCharsets.UTF_8));
    }
  }
}

package io.promptmill.udf;

import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.complex.ListVector;

/** Writes one array as one list value; lists must be written in ascending order of index. */
final class ListWriting {

  private ListWriting() {}

  static void ints(ListVector list, int index, int[] values) {
    IntVector elements = (IntVector) list.getDataVector();
    int start = list.startNewValue(index);
    for (int i = 0; i < values.length; i++) {
      elements.setSafe(start + i, values[i]);
    }
    list.endValue(index, values.length);
  }

  static void floats(ListVector list, int index, float[] values) {
    Float4Vector elements = (Float4Vector) list.getDataVector();
    int start = list.startNewValue(index);
    for (int i = 0; i < values.length; i++) {
      elements.setSafe(start + i, values[i]);
    }
    list.endValue(index, values.length);
  }

  static void doubles(ListVector list, int index, double[] values) {
    Float8Vector elements = (Float8Vector) list.getDataVector();
    int start = list.startNewValue(index);
    for (int i = 0; i < values.length; i++) {
      elements.setSafe(start + i, values[i]);
    }
    list.endValue(index, values.length);
  }

  static void binaries(ListVector list, int index, List<byte[]> values) {
    VarBinaryVector elements = (VarBinaryVector) list.getDataVector();
    int start = list.startNewValue(index);
    for (int i = 0; i < values.size(); i++) {
      elements.setSafe(start + i, values.get(i));
    }
    list.endValue(index, values.size());
  }

  static void booleans(ListVector list, int index, boolean[] values) {
    BitVector elements = (BitVector) list.getDataVector();
    int start = list.startNewValue(index);
    for (int i = 0; i < values.length; i++) {
      elements.setSafe(start + i, values[i] ? 1 : 0);
    }
    list.endValue(index, values.length);
  }
}

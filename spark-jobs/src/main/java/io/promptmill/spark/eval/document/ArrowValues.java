package io.promptmill.spark.eval.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.BaseListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * Values of Arrow columns as a document's.
 *
 * @param dictionaries by id, as read so far
 */
record ArrowValues(DataFile file, LongFunction<Dictionary> dictionaries) {

  /** The value of a row; dictionary-encoded columns give the value that the index stands for. */
  Object at(FieldVector column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    DictionaryEncoding encoding = column.getField().getDictionary();
    if (encoding != null) {
      FieldVector words = dictionaries.apply(encoding.getId()).getVector();
      return at(words, Math.toIntExact(((BaseIntVector) column).getValueAsLong(row)));
    }
    if (column instanceof VarCharVector text) {
      return new String(text.get(row), StandardCharsets.UTF_8);
    }
    if (column instanceof LargeVarCharVector text) {
      return new String(text.get(row), StandardCharsets.UTF_8);
    }
    if (column instanceof ViewVarCharVector text) {
      return new String(text.get(row), StandardCharsets.UTF_8);
    }
    if (column instanceof BaseIntVector numbers) {
      return numbers.getValueAsLong(row);
    }
    if (column instanceof Float4Vector numbers) {
      return (double) numbers.get(row);
    }
    if (column instanceof Float8Vector numbers) {
      return numbers.get(row);
    }
    if (column instanceof BitVector bits) {
      return bits.get(row) != 0;
    }
    if (column instanceof BaseListVector list) {
      return list(list, list.getElementStartIndex(row), list.getElementEndIndex(row));
    }
    if (column instanceof LargeListVector list) {
      return list(list, list.getElementStartIndex(row), list.getElementEndIndex(row));
    }
    if (column instanceof StructVector struct) {
      return struct(struct, row);
    }
    throw file.invalid(
        "column '%s': expected text, numbers, booleans, lists or structs of them, found %s"
            .formatted(column.getName(), column.getField().getType()));
  }

  private List<Object> list(FieldVector list, long start, long end) {
    FieldVector elements = list.getChildrenFromFields().get(0);
    List<Object> values = new ArrayList<>();
    for (long i = start; i < end; i++) {
      values.add(at(elements, Math.toIntExact(i)));
    }
    return values;
  }

  private Map<String, Object> struct(StructVector struct, int row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (FieldVector field : struct.getChildrenFromFields()) {
      fields.put(field.getName(), at(field, row));
    }
    return fields;
  }
}

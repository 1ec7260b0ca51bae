package io.promptmill.spark.eval.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Values of Parquet records as a document's. */
record ParquetValues(DataFile file) {

  Map<String, Object> struct(Group record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < record.getType().getFieldCount(); i++) {
      fields.put(record.getType().getFieldName(i), field(record, i));
    }
    return fields;
  }

  private Object field(Group record, int field) {
    int count = record.getFieldRepetitionCount(field);
    if (record.getType().getType(field).isRepetition(Type.Repetition.REPEATED)) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        values.add(value(record, field, i));
      }
      return values;
    }
    return count == 0 ? null : value(record, field, 0);
  }

  private Object value(Group record, int field, int index) {
    Type type = record.getType().getType(field);
    if (type.isPrimitive()) {
      return primitive(record, field, index, type.asPrimitiveType());
    }
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    Group inner = record.getGroup(field, index);
    if (meaning == null) {
      return struct(inner);
    }
    if (meaning instanceof ListLogicalTypeAnnotation) {
      return list(inner, type.getName());
    }
    throw unsupported(type);
  }

  /** Elements of a list, in the form with a group around each element and in the older ones. */
  private List<Object> list(Group list, String name) {
    List<Object> elements = new ArrayList<>();
    boolean wrapped = isWrapped(list.getType().getType(0), name);
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      elements.add(wrapped ? field(list.getGroup(0, i), 0) : value(list, 0, i));
    }
    return elements;
  }

  /** The format's rules for files of older writers (Parquet's LogicalTypes, lists). */
  private static boolean isWrapped(Type repeated, String name) {
    if (repeated.isPrimitive()) {
      return false;
    }
    GroupType group = repeated.asGroupType();
    return group.getFieldCount() == 1
        && !group.getName().equals("array")
        && !group.getName().equals(name + "_tuple");
  }

  private Object primitive(Group record, int field, int index, PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    boolean plain = meaning == null || meaning instanceof IntLogicalTypeAnnotation;
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> plainOnly(plain, type, (long) record.getInteger(field, index));
      case INT64 -> plainOnly(plain, type, record.getLong(field, index));
      case FLOAT -> (double) record.getFloat(field, index);
      case DOUBLE -> record.getDouble(field, index);
      case BOOLEAN -> record.getBoolean(field, index);
      case BINARY -> {
        if (meaning instanceof DecimalLogicalTypeAnnotation) {
          throw unsupported(type);
        }
        yield record.getBinary(field, index).toStringUsingUTF8();
      }
      case INT96, FIXED_LEN_BYTE_ARRAY -> throw unsupported(type);
    };
  }

  private Long plainOnly(boolean plain, PrimitiveType type, long value) {
    if (!plain) {
      throw unsupported(type);
    }
    return value;
  }

  private RuntimeException unsupported(Type type) {
    return file.invalid(
        "column '%s': expected text, numbers, booleans, lists or structs of them, found %s"
            .formatted(type.getName(), type));
  }
}

package io.promptmill.spark.function;

import io.promptmill.spark.conf.NearestName;
import io.promptmill.spark.conf.SqlKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** {@code modelParameters} of {@code ai_query}: a struct literal with options as its fields. */
final class ModelParameters {
  private ModelParameters() {}

  /** What is wrong with a literal of them. */
  static Optional<String> problem(Expression parameters) {
    if (parameters.eval(null) == null) {
      return Optional.empty();
    }
    if (!(parameters.dataType() instanceof StructType struct)) {
      return Optional.of(
          "modelParameters: expected a struct, found " + parameters.dataType().catalogString());
    }
    List<String> known = List.copyOf(new TreeSet<>(SqlKeys.MODEL_PARAMETERS.keySet()));
    return Stream.of(struct.fieldNames())
        .filter(name -> !known.contains(name))
        .findFirst()
        .map(
            name ->
                "modelParameters: unknown parameter '%s'%s; known: %s"
                    .formatted(name, NearestName.hint(name, known), String.join(", ", known)));
  }

  /** Texts of the values, by option name; fields that are null are left out. */
  static Map<String, List<String>> options(Expression parameters) {
    Map<String, List<String>> options = new HashMap<>();
    if (parameters.eval(null) instanceof InternalRow row) {
      StructField[] fields = ((StructType) parameters.dataType()).fields();
      for (int i = 0; i < fields.length; i++) {
        if (!row.isNullAt(i)) {
          options.put(
              SqlKeys.MODEL_PARAMETERS.get(fields[i].name()).option(),
              texts(row.get(i, fields[i].dataType()), fields[i]));
        }
      }
    }
    return options;
  }

  private static List<String> texts(Object value, StructField field) {
    if (value instanceof ArrayData array && field.dataType() instanceof ArrayType type) {
      return Stream.of(array.toObjectArray(type.elementType())).map(String::valueOf).toList();
    }
    return List.of(value.toString());
  }
}

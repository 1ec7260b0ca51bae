package io.promptmill.spark.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** JSON schemas that say what Spark's types say. */
final class JsonSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonSchemas() {}

  /**
   * A schema whose values read as the type; what may be null in the type may be null in the JSON.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there is none for the type
   */
  static String of(DataType type) {
    return schema(type, false).toString();
  }

  /**
   * An object whose values are anything but arrays and objects: models write numbers as numbers
   * where a text is wanted, too.
   */
  static String ofSingleValues(List<String> keys) {
    ObjectNode schema = JSON.objectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (String key : keys) {
      properties
          .putObject(key)
          .putArray("type")
          .add("string")
          .add("number")
          .add("boolean")
          .add("null");
      required.add(key);
    }
    schema.put("additionalProperties", false);
    return schema.toString();
  }

  private static ObjectNode schema(DataType type, boolean nullable) {
    ObjectNode schema = JSON.objectNode();
    String name = name(type);
    JsonNode orNull = JSON.arrayNode().add(name).add("null");
    schema.set("type", nullable ? orNull : JSON.textNode(name));
    if (type instanceof IntegralType && type.defaultSize() < Long.BYTES) {
      long most = (1L << (8 * type.defaultSize() - 1)) - 1;
      schema.put("minimum", -most - 1).put("maximum", most); // others would not read as the type
    } else if (type instanceof ArrayType array) {
      schema.set("items", schema(array.elementType(), array.containsNull()));
    } else if (type instanceof StructType struct) {
      ObjectNode properties = schema.putObject("properties");
      ArrayNode required = schema.putArray("required");
      for (StructField field : struct.fields()) {
        properties.set(field.name(), schema(field.dataType(), field.nullable()));
        required.add(field.name());
      }
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private static String name(DataType type) {
    if (type instanceof StringType) {
      return "string";
    } else if (type instanceof BooleanType) {
      return "boolean";
    } else if (type instanceof IntegralType) {
      return "integer";
    } else if (type instanceof FractionalType) {
      return "number";
    } else if (type instanceof ArrayType) {
      return "array";
    } else if (type instanceof StructType) {
      return "object";
    }
    throw new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "expected a type of text, numbers, booleans, arrays and structs, found "
            + type.catalogString());
  }
}

package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.udf.ResultSchemas;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.Row;

/** The body of an answer with embeddings. */
final class EmbeddingAnswer {
  private EmbeddingAnswer() {}

  static ObjectNode body(String model, boolean base64, List<Row> parts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = body.putArray("data");
    int tokens = 0;
    for (Row part : parts) {
      Row result = part.getAs(ResultSchemas.EMBEDDING);
      tokens += result.<Integer>getAs("prompt_tokens");
      List<Float> values = result.getList(result.fieldIndex("values"));
      float[] unit = unit(values);
      ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      if (base64) {
        entry.put("embedding", base64(unit));
      } else {
        ArrayNode numbers = entry.putArray("embedding");
        for (float value : unit) {
          numbers.add(value);
        }
      }
    }
    body.put("model", model);
    body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return body;
  }

  /** The same direction with length 1, as OpenAI's embeddings have it. */
  private static float[] unit(List<Float> values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    float[] unit = new float[values.size()];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values.get(i) / length);
    }
    return unit;
  }

  /** Little-endian float32. */
  private static String base64(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}

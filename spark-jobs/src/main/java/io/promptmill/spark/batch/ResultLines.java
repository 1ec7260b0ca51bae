package io.promptmill.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.plan.RowError;
import io.promptmill.spark.plan.RowParts;
import io.promptmill.udf.ResultSchemas;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Lines of output and error files, one for each line of input.
 *
 * @param failOnError whether a line without a response ends the job
 */
public record ResultLines(ResponseBodies bodies, boolean failOnError) implements RowParts.Joiner {

  /** Name of the column that {@link #of} adds. */
  public static final String RESULT = "result";

  /** Where a line of the result belongs: {@link #OUTPUT} or {@link #ERRORS}. */
  public static final String KIND = "kind";

  public static final String LINE = "line";

  public static final String OUTPUT = "output";
  public static final String ERRORS = "errors";

  private static final StructType SCHEMA =
      new StructType()
          .add(KIND, DataTypes.StringType)
          .add(LINE, DataTypes.StringType)
          .add("error", RowError.TYPE);

  /**
   * @param parts as {@link RequestParts#of} gives them, with results where there are any
   */
  public Dataset<Row> of(Dataset<Row> parts) {
    return RowParts.join(parts, new StructField(RESULT, SCHEMA, false, Metadata.empty()), this);
  }

  @Override
  public Object join(Row row, List<Row> parts) {
    BatchLine line = LineRows.line(row);
    if (line.refusal() != null) {
      return refused(line, ErrorCode.REQUEST_INVALID.name(), line.refusal());
    }
    String column =
        line.request().endpoint() == Endpoint.EMBEDDINGS
            ? ResultSchemas.EMBEDDING
            : ResultSchemas.RESPONSE;
    Optional<ModelFailure> failure = ModelFailure.in(parts, column);
    if (failure.isPresent()) {
      return refused(
          line, failure.get().category(), failure.get().refusal(line.request().endpoint()));
    }
    JsonNode response = response(line, 200, bodies.of(line, parts));
    return RowFactory.create(OUTPUT, text(line, response, null), null);
  }

  private Row refused(BatchLine line, String category, Refusal refusal) {
    if (failOnError) {
      throw new PromptmillException(
          ErrorCode.valueOf(category), line.place() + ": " + refusal.message());
    }
    String text;
    if (refusal instanceof Refusal.OfRequest request) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.putObject("error")
          .put("message", request.message())
          .put("type", request.type())
          .put("param", request.param())
          .put("code", request.code());
      text = text(line, response(line, request.status(), body), null);
    } else {
      ObjectNode error = JsonNodeFactory.instance.objectNode();
      error.put("code", ((Refusal.OfLine) refusal).code()).put("message", refusal.message());
      text = text(line, null, error);
    }
    return RowFactory.create(ERRORS, text, RowFactory.create(category, refusal.message()));
  }

  private static ObjectNode response(BatchLine line, int status, ObjectNode body) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("status_code", status).put("request_id", "req_" + line.id()).set("body", body);
    return response;
  }

  private static String text(BatchLine line, JsonNode response, JsonNode error) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("id", "batch_req_" + line.id()).put("custom_id", line.customId());
    object.set("response", response);
    object.set("error", error);
    return object.toString();
  }
}

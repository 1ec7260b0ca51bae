package io.promptmill.spark.batch;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@link BatchLine} as a row of a table. */
final class LineRows {
  static final String FILE = "file";
  static final String NUMBER = "line";
  static final String CUSTOM_ID = "custom_id";
  static final String ENDPOINT = "endpoint";
  static final String PARTS = "parts";

  private static final StructType PART =
      new StructType().add("prompt", DataTypes.StringType).add("parameters", DataTypes.StringType);

  private static final StructType REFUSAL =
      new StructType()
          .add("status", DataTypes.IntegerType)
          .add("type", DataTypes.StringType)
          .add("code", DataTypes.StringType)
          .add("param", DataTypes.StringType)
          .add("message", DataTypes.StringType);

  static final StructType SCHEMA =
      new StructType()
          .add(FILE, DataTypes.StringType)
          .add(NUMBER, DataTypes.LongType)
          .add("id", DataTypes.StringType)
          .add(CUSTOM_ID, DataTypes.StringType)
          .add(ENDPOINT, DataTypes.StringType)
          .add("model", DataTypes.StringType)
          .add("choices", DataTypes.IntegerType)
          .add("logprobs", DataTypes.BooleanType)
          .add("base64", DataTypes.BooleanType)
          .add(PARTS, DataTypes.createArrayType(PART))
          .add("refusal", REFUSAL);

  private LineRows() {}

  static Row of(BatchLine line) {
    BatchRequest request = line.request();
    return RowFactory.create(
        line.file(),
        line.number(),
        line.id(),
        line.customId(),
        request == null ? null : request.endpoint().name(),
        request == null ? null : request.model(),
        request == null ? null : request.choices(),
        request == null ? null : request.logprobs(),
        request == null ? null : request.base64(),
        request == null ? null : parts(request),
        line.refusal() == null ? null : refusal(line.refusal()));
  }

  private static Row[] parts(BatchRequest request) {
    return request.parts().stream()
        .map(part -> RowFactory.create(part.prompt(), part.parameters()))
        .toArray(Row[]::new);
  }

  private static Row refusal(Refusal refusal) {
    if (refusal instanceof Refusal.OfRequest request) {
      return RowFactory.create(
          request.status(), request.type(), request.code(), request.param(), request.message());
    }
    Refusal.OfLine line = (Refusal.OfLine) refusal;
    return RowFactory.create(null, null, line.code(), null, line.message());
  }

  static BatchLine line(Row row) {
    return new BatchLine(
        row.getAs(FILE),
        row.<Long>getAs(NUMBER),
        row.getAs("id"),
        row.getAs(CUSTOM_ID),
        request(row),
        refusal(row.<Row>getAs("refusal")));
  }

  private static BatchRequest request(Row row) {
    String endpoint = row.getAs(ENDPOINT);
    if (endpoint == null) {
      return null;
    }
    List<Row> parts = row.getList(row.fieldIndex(PARTS));
    return new BatchRequest(
        Endpoint.valueOf(endpoint),
        row.getAs("model"),
        row.<Integer>getAs("choices"),
        row.<Boolean>getAs("logprobs"),
        row.<Boolean>getAs("base64"),
        parts.stream()
            .map(part -> new BatchRequest.Part(part.getString(0), part.getString(1)))
            .toList());
  }

  private static Refusal refusal(Row row) {
    if (row == null) {
      return null;
    }
    return row.isNullAt(0)
        ? new Refusal.OfLine(row.getString(2), row.getString(4))
        : new Refusal.OfRequest(
            row.getInt(0), row.getString(1), row.getString(2), row.getString(3), row.getString(4));
  }
}

package io.promptmill.spark.batch;

import io.promptmill.spark.plan.RowParts;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The questions for the model that lines are made of; refused lines have none. */
public final class RequestParts {

  /** What a completion continues, as {@link io.promptmill.udf.PromptSource.Json} has it. */
  public static final String PROMPT = "prompt";

  /** How, for the same rows. */
  public static final String PARAMETERS = "parameters";

  /** What is embedded, as {@link io.promptmill.udf.PromptSource.Json} has it. */
  public static final String INPUT = "input";

  private static final StructType SCHEMA =
      new StructType()
          .add(PROMPT, DataTypes.StringType)
          .add(PARAMETERS, DataTypes.StringType)
          .add(INPUT, DataTypes.StringType);

  private RequestParts() {}

  /**
   * @param lines as {@link BatchFiles#requests} gives them
   */
  public static Dataset<Row> of(Dataset<Row> lines) {
    return RowParts.split(lines, SCHEMA, RequestParts::parts);
  }

  private static List<Row> parts(Row row) {
    BatchRequest request = LineRows.line(row).request();
    if (request == null) {
      return List.of();
    }
    boolean embeds = request.endpoint() == Endpoint.EMBEDDINGS;
    return request.parts().stream()
        .map(
            part ->
                embeds
                    ? RowFactory.create(null, null, part.prompt())
                    : RowFactory.create(part.prompt(), part.parameters(), null))
        .toList();
  }
}

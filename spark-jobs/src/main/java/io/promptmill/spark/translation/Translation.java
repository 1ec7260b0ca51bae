package io.promptmill.spark.translation;

import io.promptmill.spark.plan.RowError;
import io.promptmill.spark.plan.RowParts;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The steps of a translation, with two inferences between them: rows become segments, segments
 * whose translation lost something become gaps, and both become rows again. Nothing is shuffled.
 */
public record Translation(TranslationSettings settings) {
  /** Name of the column that the job adds. */
  public static final String RESULT = "translation";

  /** What a template may say. */
  public static final List<String> PROMPT_COLUMNS = List.of(Prompting.SCHEMA.fieldNames());

  /** Name of the column that an inference adds. */
  static final String RESPONSE = "response";

  /** Name of a segment's column of what became of it. */
  static final String OUTCOME = "outcome";

  static final StructType OUTCOME_TYPE =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("fallback", DataTypes.BooleanType)
          .add("untranslated", DataTypes.BooleanType)
          .add("cut", DataTypes.BooleanType)
          .add("prompt_tokens", DataTypes.IntegerType)
          .add("cached_tokens", DataTypes.IntegerType)
          .add("completion_tokens", DataTypes.IntegerType)
          .add("error", RowError.TYPE)
          .add("model_revision", DataTypes.StringType);

  private static final StructType TERM =
      new StructType()
          .add("source", DataTypes.StringType, false)
          .add("target", DataTypes.StringType, false);

  static final StructType RESULT_TYPE =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("segments", DataTypes.IntegerType)
          .add("fallback_segments", DataTypes.IntegerType)
          .add("untranslated_segments", DataTypes.IntegerType)
          .add("missing_terms", DataTypes.createArrayType(TERM, false))
          .add("prompt_tokens", DataTypes.IntegerType)
          .add("cached_tokens", DataTypes.IntegerType)
          .add("completion_tokens", DataTypes.IntegerType)
          .add("finish_reason", DataTypes.StringType)
          .add("error", RowError.TYPE)
          .add("model_revision", DataTypes.StringType);

  /** A row for each segment, with the columns of a prompt. */
  public Dataset<Row> segments(Dataset<Row> rows) {
    return RowParts.split(rows, Prompting.SCHEMA, new SegmentSplitter(settings));
  }

  /**
   * A row for each gap, with the columns of a prompt.
   *
   * @param answered segments with their answers
   */
  public Dataset<Row> gaps(Dataset<Row> answered) {
    return RowParts.split(answered, Prompting.SCHEMA, new GapSplitter(settings));
  }

  /**
   * The rows with their translations.
   *
   * @param answered gaps with their answers
   */
  public Dataset<Row> documents(Dataset<Row> answered) {
    Dataset<Row> segments =
        RowParts.join(answered, column(OUTCOME, OUTCOME_TYPE), new SegmentJoiner(settings));
    return RowParts.join(
        segments,
        column(RESULT, RESULT_TYPE),
        new DocumentJoiner(settings),
        settings.failOnError());
  }

  private static StructField column(String name, DataType type) {
    return new StructField(name, type, true, Metadata.empty());
  }
}

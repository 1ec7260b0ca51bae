package io.promptmill.spark.classification;

import io.promptmill.spark.plan.RowError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The column {@code classification}: what both kinds of classification have in it. */
final class ResultColumn {
  static final String NAME = "classification";

  private ResultColumn() {}

  /**
   * @param decision fields of one kind of classification, before those of both
   */
  static StructField of(StructType decision) {
    StructType type =
        decision
            .add(
                "probabilities",
                DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false),
                true)
            .add("prompt_tokens", DataTypes.IntegerType, true)
            .add("cached_tokens", DataTypes.IntegerType, true)
            .add("truncated_tokens", DataTypes.IntegerType, true)
            .add("error", RowError.TYPE, true)
            .add("model_revision", DataTypes.StringType, true);
    return new StructField(NAME, type, false, Metadata.empty());
  }

  /**
   * @param decision values of the fields of one kind
   * @param probabilities by label
   * @param scores of the row's parts; tokens are summed, truncated ones are those of the part that
   *     lost most
   */
  static Row of(
      List<?> decision, List<String> labels, double[] probabilities, List<Scores> scores) {
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      byLabel.put(labels.get(i), probabilities[i]);
    }
    Object[] values = new Object[decision.size() + 6];
    System.arraycopy(decision.toArray(), 0, values, 0, decision.size());
    int at = decision.size();
    values[at] = CollectionConverters.asScala(byLabel);
    values[at + 1] = scores.stream().mapToInt(Scores::promptTokens).sum();
    values[at + 2] = scores.stream().mapToInt(Scores::cachedTokens).sum();
    values[at + 3] = scores.stream().mapToInt(Scores::truncatedTokens).max().orElse(0);
    values[at + 5] = scores.get(0).revision();
    return RowFactory.create(values);
  }

  /**
   * @param decision number of fields of one kind
   */
  static Row failed(int decision, Scores failed) {
    Object[] values = new Object[decision + 6];
    values[decision + 4] = Objects.requireNonNull(failed.error());
    values[decision + 5] = failed.revision();
    return RowFactory.create(values);
  }
}

package io.promptmill.spark.classification;

import io.promptmill.spark.conf.ClassificationKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.io.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The likeliest of all labels, which are scored as answers to one question.
 *
 * @param abstainBelow probability under which a text gets no label
 */
record SingleLabel(Labels labels, Question question, boolean nested, double abstainBelow)
    implements Kind {
  private static final StructType DECISION =
      new StructType()
          .add("label", DataTypes.StringType, true)
          .add("probability", DataTypes.DoubleType, true)
          .add("margin", DataTypes.DoubleType, true)
          .add("abstained", DataTypes.BooleanType, true);

  static SingleLabel of(PromptmillConf conf, Supplier<Configuration> hadoop) {
    Labels labels = Labels.of(conf, 2, hadoop);
    boolean nested = labels.nested();
    return new SingleLabel(
        labels,
        Question.whichLabel(conf, labels, nested),
        nested,
        conf.get(ClassificationKeys.ABSTAIN_BELOW));
  }

  @Override
  public StructType parts(StructType rows) {
    return Columns.select(rows, question.columns());
  }

  @Override
  public List<Row> parts(Row row) {
    return List.of(
        RowFactory.create(question.columns().stream().map(row::<Object>getAs).toArray()));
  }

  @Override
  public Row join(Row row, List<Row> parts) {
    Scores scores = Scores.of(parts.get(0));
    if (scores.error() != null) {
      return ResultColumn.failed(DECISION.length(), scores);
    }
    double[] probabilities =
        nested ? scores.probabilitiesOfNested(labels.answers()) : scores.probabilities();
    int best = 0;
    double second = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        second = probabilities[best];
        best = i;
      } else {
        second = Math.max(second, probabilities[i]);
      }
    }
    double probability = probabilities[best];
    boolean abstained = probability < abstainBelow;
    return ResultColumn.of(
        Arrays.asList(
            abstained ? null : labels.all().get(best).name(),
            probability,
            probability - second,
            abstained),
        labels.names(),
        probabilities,
        List.of(scores));
  }

  @Override
  public StructField result() {
    return ResultColumn.of(DECISION);
  }

  @Override
  public List<String> shown() {
    return abstainBelow > 0
        ? List.of("label", "probability", "margin", "abstained")
        : List.of("label", "probability", "margin");
  }
}

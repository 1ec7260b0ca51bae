package io.promptmill.spark.classification;

import io.promptmill.spark.conf.ClassificationKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.io.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Any number of labels: a row has one part for each label, a question of yes or no. The text stands
 * before the label, so that all parts of a row share the prompt up to there.
 *
 * @param threshold probability of yes from which a text has a label
 */
record MultiLabel(Labels labels, Question question, double threshold) implements Kind {
  private static final StructType DECISION =
      new StructType().add("labels", DataTypes.createArrayType(DataTypes.StringType, false), true);

  static MultiLabel of(PromptmillConf conf, Supplier<Configuration> hadoop) {
    return new MultiLabel(
        Labels.of(conf, 1, hadoop),
        Question.hasLabel(conf),
        conf.get(ClassificationKeys.THRESHOLD));
  }

  @Override
  public StructType parts(StructType rows) {
    return Columns.select(rows, question.columns())
        .add(Question.LABEL_COLUMN, DataTypes.StringType, false);
  }

  @Override
  public List<Row> parts(Row row) {
    List<Row> parts = new ArrayList<>(labels.all().size());
    for (Label label : labels.all()) {
      List<Object> values = new ArrayList<>();
      question.columns().forEach(column -> values.add(row.getAs(column)));
      values.add(label.described());
      parts.add(RowFactory.create(values.toArray()));
    }
    return parts;
  }

  @Override
  public Row join(Row row, List<Row> parts) {
    List<Scores> scores = parts.stream().map(Scores::of).toList();
    Optional<Scores> failed = scores.stream().filter(part -> part.error() != null).findFirst();
    if (failed.isPresent()) {
      return ResultColumn.failed(DECISION.length(), failed.get());
    }
    List<String> names = labels.names();
    double[] probabilities = new double[names.size()];
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = scores.get(i).probabilities()[0]; // of yes
      if (probabilities[i] >= threshold) {
        chosen.add(names.get(i));
      }
    }
    return ResultColumn.of(
        List.of(CollectionConverters.asScala(chosen).toSeq()), names, probabilities, scores);
  }

  @Override
  public StructField result() {
    return ResultColumn.of(DECISION);
  }

  @Override
  public List<String> shown() {
    return List.of("labels", "probabilities");
  }
}

package io.promptmill.spark.classification;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ClassificationKeys;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.io.Columns;
import io.promptmill.spark.plan.RowParts;
import io.promptmill.spark.report.Quality;
import io.promptmill.udf.InferSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How rows are classified; the way in to this package. */
public final class Classification {
  private final Kind kind;
  private final Optional<Gold> gold;
  private final boolean failOnError;

  private Classification(Kind kind, Optional<Gold> gold, boolean failOnError) {
    this.kind = kind;
    this.gold = gold;
    this.failOnError = failOnError;
  }

  /**
   * @param hadoop for the file of labels
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if options are missing or do
   *     not fit together, or the file of labels is wrong
   */
  public static Classification of(PromptmillConf conf, Supplier<Configuration> hadoop) {
    boolean multi = conf.get(ClassificationKeys.MULTI_LABEL);
    if (multi && conf.get(ClassificationKeys.ABSTAIN_BELOW) > 0) {
      throw invalid(
          "--abstain-below: expected no --multi-label with it, where a text may have no label"
              + " (--threshold), found both");
    }
    if (!multi && conf.isSet(ClassificationKeys.THRESHOLD)) {
      throw invalid(
          "--threshold: expected --multi-label with it, found none (--abstain-below is for one"
              + " label)");
    }
    Kind kind = multi ? MultiLabel.of(conf, hadoop) : SingleLabel.of(conf, hadoop);
    return new Classification(kind, Gold.of(conf), conf.get(PromptmillKeys.FAIL_ON_ERROR));
  }

  /** What rows are ordered by with {@code --order-by-prefix}. */
  public InferSpec ordered() {
    return kind.question().ofRow();
  }

  public boolean oneRequestPerRow() {
    return kind instanceof SingleLabel;
  }

  /** Fields of the result to print. */
  public List<String> shown() {
    return kind.shown();
  }

  /**
   * The rows and, after their columns, {@code classification}. Nothing runs yet.
   *
   * @param ask adds the answers to questions
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the rows lack a column
   */
  public Dataset<Row> apply(Dataset<Row> rows, Ask ask) {
    Columns.requireNone(rows.schema(), ResultColumn.NAME);
    kind.question().columns().forEach(column -> Columns.require(rows.schema(), column));
    gold.ifPresent(column -> column.check(rows.schema(), kind));
    Dataset<Row> parts = RowParts.split(rows, kind.parts(rows.schema()), kind);
    return RowParts.join(
        ask.apply(parts, kind.question().spec()), kind.result(), kind, failOnError);
  }

  /**
   * How good results are, where there is a gold column.
   *
   * @param results as {@link #apply} gave them
   */
  public Optional<Quality> quality(Dataset<Row> results) {
    List<String> labels = kind.labels().names();
    return gold.map(
        column ->
            kind instanceof SingleLabel
                ? SingleLabelQuality.of(results, labels, column)
                : MultiLabelQuality.of(results, labels, column));
  }

  /** Adds to each part of a row what the model says. */
  @FunctionalInterface
  public interface Ask {
    Dataset<Row> apply(Dataset<Row> parts, InferSpec.Score spec);
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}

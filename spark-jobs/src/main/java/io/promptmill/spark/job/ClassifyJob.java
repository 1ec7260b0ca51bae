package io.promptmill.spark.job;

import io.promptmill.spark.classification.Classification;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.report.Quality;
import io.promptmill.udf.InferSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gives every row's text a label, or labels. */
final class ClassifyJob implements Job {

  @Override
  public String name() {
    return "classify";
  }

  @Override
  public String summary() {
    return "Gives the text of every row its likeliest label, or all that apply, with probabilities;"
        + " adds the column 'classification'.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.CLASSIFY;
  }

  @Override
  public void run(JobContext context) throws IOException {
    Classification classification =
        Classification.of(
            context.conf(), () -> context.session().get().sessionState().newHadoopConf());
    new InferJob(name(), classification.shown()).run(context, new Work(classification));
  }

  private record Work(Classification classification) implements TableWork {

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, InferCalls calls) {
      return classification.apply(rows, calls.withErrorsInRows()::everyRow);
    }

    @Override
    public Optional<InferSpec> ordered() {
      return Optional.of(classification.ordered());
    }

    @Override
    public boolean oneRequestPerRow() {
      return classification.oneRequestPerRow();
    }

    @Override
    public Optional<Quality> quality(Dataset<Row> results) {
      return classification.quality(results);
    }
  }
}

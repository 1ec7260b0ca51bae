package io.promptmill.spark.eval.run;

import io.promptmill.udf.ResultSchemas;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Executor side: the rows of a partition, key and result column, as answers. */
final class ReadAnswers extends AbstractFunction1<Iterator<Row>, List<KeyedAnswer>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public List<KeyedAnswer> apply(Iterator<Row> rows) {
    List<KeyedAnswer> answers = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      answers.add(new KeyedAnswer(row.getString(0), answer(row)));
    }
    return answers;
  }

  private static Answer answer(Row row) {
    Row result = row.getStruct(1);
    Row error = result.getAs("error");
    if (error != null) {
      return new Answer.Failed(error.getString(0), error.getString(1));
    }
    return row.schema().fieldNames()[1].equals(ResultSchemas.SCORES)
        ? scores(result)
        : texts(result);
  }

  private static Answer scores(Row result) {
    return new Answer.Scores(
        result.getList(result.fieldIndex("loglikelihoods")),
        result.getList(result.fieldIndex("is_greedy")),
        result.getList(result.fieldIndex("token_counts")),
        result.getAs("prompt_tokens"),
        result.getAs("cached_tokens"),
        result.getAs("truncated_tokens"));
  }

  private static Answer texts(Row result) {
    List<Row> samples = List.of(result);
    if (List.of(result.schema().fieldNames()).contains("samples")) {
      samples = result.getList(result.fieldIndex("samples"));
    }
    int completionTokens = 0;
    List<String> texts = new ArrayList<>();
    for (Row sample : samples) {
      texts.add(sample.getAs("text"));
      completionTokens += sample.<Integer>getAs("completion_tokens");
    }
    return new Answer.Texts(
        texts,
        result.getAs("prompt_tokens"),
        result.getAs("cached_tokens"),
        result.getAs("truncated_tokens"),
        completionTokens);
  }
}

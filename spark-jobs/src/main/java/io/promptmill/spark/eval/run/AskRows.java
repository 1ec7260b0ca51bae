package io.promptmill.spark.eval.run;

import io.promptmill.spark.eval.PromptText;
import io.promptmill.udf.CandidateSource;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.Overflow;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.PromptSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Asks as tables for the inference operator. */
final class AskRows {
  static final String KEY = "key";
  private static final String PROMPT = "prompt";
  private static final String MESSAGES = "messages";
  private static final String CANDIDATES = "candidates";

  private static final StructType MESSAGE =
      new StructType().add("role", DataTypes.StringType).add("content", DataTypes.StringType);

  private AskRows() {}

  /** Asks of equal specs stand in one table. */
  static InferSpec spec(Ask ask) {
    if (ask instanceof Ask.Score score) {
      return new InferSpec.Score(
          prompt(score.context()), new CandidateSource.ListColumn(CANDIDATES), false);
    }
    if (ask instanceof Ask.Generate generate) {
      GenerationSettings settings = generate.settings();
      return new InferSpec.Generate(
          prompt(generate.context()), settings.sampling(), settings.stop());
    }
    return new InferSpec.Score(
        new PromptSpec(new PromptSource.Column(PROMPT), false, null),
        new CandidateSource.WholeText(),
        false);
  }

  private static PromptSpec prompt(PromptText context) {
    boolean chat = context instanceof PromptText.Conversation;
    PromptSource source =
        chat ? new PromptSource.Messages(MESSAGES) : new PromptSource.Column(PROMPT);
    return new PromptSpec(source, chat, null, Overflow.TRUNCATE_LEFT);
  }

  /**
   * One row for each ask, with its key.
   *
   * @param asks of one spec, by key; at least one
   */
  static Dataset<Row> table(SparkSession spark, Map<String, Ask> asks) {
    List<Row> rows = new ArrayList<>(asks.size());
    asks.forEach((key, ask) -> rows.add(row(key, ask)));
    Ask any = asks.values().iterator().next();
    StructType schema = new StructType().add(KEY, DataTypes.StringType, false);
    schema =
        context(any) instanceof PromptText.Conversation
            ? schema.add(MESSAGES, DataTypes.createArrayType(MESSAGE))
            : schema.add(PROMPT, DataTypes.StringType);
    if (any instanceof Ask.Score) {
      schema = schema.add(CANDIDATES, DataTypes.createArrayType(DataTypes.StringType));
    }
    return spark.createDataFrame(rows, schema);
  }

  private static Row row(String key, Ask ask) {
    PromptText context = context(ask);
    Object prompt =
        context instanceof PromptText.Plain plain
            ? plain.text()
            : ((PromptText.Conversation) context)
                .turns().stream()
                    .map(turn -> RowFactory.create(turn.role(), turn.content()))
                    .toArray(Row[]::new);
    return ask instanceof Ask.Score score
        ? RowFactory.create(key, prompt, score.continuations().toArray(String[]::new))
        : RowFactory.create(key, prompt);
  }

  private static PromptText context(Ask ask) {
    if (ask instanceof Ask.Score score) {
      return score.context();
    }
    return ask instanceof Ask.Generate generate
        ? generate.context()
        : new PromptText.Plain(((Ask.WholeText) ask).text());
  }
}

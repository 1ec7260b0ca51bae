package io.promptmill.spark.function;

import io.promptmill.engine.Pooling;
import io.promptmill.udf.InferSpec;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code ai_similarity(expr1, expr2)}: cosine of the texts' embeddings as {@link AiEmbed} has them;
 * of the means of all tokens, which tell subjects apart better than last tokens.
 */
record AiSimilarity() implements AiFunction {
  private static final String NAME = "ai_similarity";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required("expr1", DataTypes.StringType, "a text"),
              Signature.Parameter.required("expr2", DataTypes.StringType, "another")),
          "Compares two texts: 1 where they are equal.",
          "_FUNC_('a film', 'a movie')",
          "0.9");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    return Values.answers(
        "cosine",
        DataTypes.FloatType,
        embedding(arguments.get(0), settings),
        embedding(arguments.get(1), settings));
  }

  private static Expression embedding(Expression text, AiSettings settings) {
    return Values.field(
        settings.request(
            NAME,
            new InferSpec.Embed(AiSettings.text(Prompts.of(NAME)), Pooling.MEAN),
            Map.of("text", text)),
        "values");
  }
}

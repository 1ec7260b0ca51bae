package io.promptmill.spark.function;

import io.promptmill.spark.plan.InferRequest;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_analyze_sentiment(content)}: the likeliest of four sentiments. */
record AiAnalyzeSentiment() implements AiFunction {
  private static final String NAME = "ai_analyze_sentiment";

  private static final Expression SENTIMENTS =
      Values.literals("positive", "negative", "neutral", "mixed");

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(Signature.Parameter.required("content", DataTypes.StringType, "the text")),
          "Gives the sentiment of a text: positive, negative, neutral or mixed.",
          "_FUNC_('Great film! I would buy it again.')",
          "positive");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    InferRequest scores =
        settings.score(
            NAME,
            Prompts.of(NAME),
            "sentiments",
            Map.of("content", arguments.get(0), "sentiments", SENTIMENTS));
    return Values.element(SENTIMENTS, Values.field(scores, "best"));
  }
}

package io.promptmill.spark.function;

import io.promptmill.udf.InferSpec;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_count_tokens(text)}: tokens of a text, as the model's tokenizer counts them. */
record AiCountTokens() implements AiFunction {
  private static final String NAME = "ai_count_tokens";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(Signature.Parameter.required("text", DataTypes.StringType, "the text")),
          "Counts the tokens of a text, without a token at its beginning.",
          "_FUNC_('How many tokens is this?')",
          "6");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    return Values.field(
        settings.request(
            NAME,
            new InferSpec.CountTokens(AiSettings.text(Prompts.of(NAME))),
            Map.of("text", arguments.get(0))),
        "count");
  }
}

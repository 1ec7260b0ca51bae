package io.promptmill.spark.function;

import io.promptmill.udf.InferSpec;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code ai_embed(text)}: the model's last hidden state of the text's last token, after the final
 * norm.
 */
record AiEmbed() implements AiFunction {
  private static final String NAME = "ai_embed";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(Signature.Parameter.required("text", DataTypes.StringType, "the text")),
          "Gives the last hidden state of a text's last token.",
          "_FUNC_('some text')",
          "[0.12, -1.3, ...]");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    return Values.field(
        settings.request(
            NAME,
            new InferSpec.Embed(AiSettings.text(Prompts.of(NAME))),
            Map.of("text", arguments.get(0))),
        "values");
  }
}

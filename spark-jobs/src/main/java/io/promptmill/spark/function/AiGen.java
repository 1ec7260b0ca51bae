package io.promptmill.spark.function;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_gen(prompt)}: the model's answer. */
record AiGen() implements AiFunction {
  private static final String NAME = "ai_gen";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required(
                  "prompt", DataTypes.StringType, "what the model is asked")),
          "Answers the prompt.",
          "_FUNC_('Name the capital of France.')",
          "Paris");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    return Values.answer(
        settings.generate(NAME, Prompts.of(NAME), Map.of("prompt", arguments.get(0))));
  }
}

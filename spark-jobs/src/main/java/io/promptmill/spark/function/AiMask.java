package io.promptmill.spark.function;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_mask(content, labels)}: the text without what the labels name. */
record AiMask() implements AiFunction {
  private static final String NAME = "ai_mask";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required("content", DataTypes.StringType, "the text"),
              Signature.Parameter.required(
                  "labels",
                  DataTypes.createArrayType(DataTypes.StringType),
                  "what to mask, such as array('names', 'phone numbers')")),
          "Replaces what the labels name by [MASKED].",
          "_FUNC_('Call Anna at 555-0199.', array('names', 'phone numbers'))",
          "Call [MASKED] at [MASKED].");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<String> problem(List<Expression> arguments) {
    return Labels.problem("labels", arguments.get(1), 1);
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    return Values.answer(
        settings.generate(
            NAME,
            Prompts.of(NAME),
            Map.of(
                "content", arguments.get(0), "labels", Values.joined(arguments.get(1), " and "))));
  }
}

package io.promptmill.spark.function;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_fix_grammar(content)}: the text without mistakes. */
record AiFixGrammar() implements AiFunction {
  private static final String NAME = "ai_fix_grammar";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(Signature.Parameter.required("content", DataTypes.StringType, "the text")),
          "Corrects the grammar of a text.",
          "_FUNC_('She read a book every day.')",
          "She reads a book every day.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    return Values.answer(
        settings.generate(NAME, Prompts.of(NAME), Map.of("content", arguments.get(0))));
  }
}

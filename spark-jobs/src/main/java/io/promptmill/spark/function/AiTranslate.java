package io.promptmill.spark.function;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_translate(content, to_lang)}: the text in another language. */
record AiTranslate() implements AiFunction {
  private static final String NAME = "ai_translate";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required("content", DataTypes.StringType, "the text"),
              Signature.Parameter.required(
                  "to_lang",
                  DataTypes.StringType,
                  "language, as a code such as 'zh' or 'en-US', or by name")),
          "Translates a text.",
          "_FUNC_('Anna reads a book.', 'zh')",
          "安娜读一本书。");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    Expression language = Values.answers("language", DataTypes.StringType, arguments.get(1));
    return Values.answer(
        settings.generate(
            NAME, Prompts.of(NAME), Map.of("content", arguments.get(0), "language", language)));
  }
}

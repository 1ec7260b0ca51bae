package io.promptmill.spark.function;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_summarize(content[, max_words])}: the text in few words. */
record AiSummarize() implements AiFunction {
  private static final String NAME = "ai_summarize";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required("content", DataTypes.StringType, "the text"),
              new Signature.Parameter(
                  "max_words",
                  DataTypes.IntegerType,
                  "words to aim at, 0 for as many as it takes; 50 if not given",
                  Literal.create(50, DataTypes.IntegerType))),
          "Summarizes a text.",
          "_FUNC_('Anna wrote a book. Many people came.', 20)",
          "Anna wrote a book.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<String> problem(List<Expression> arguments) {
    Object words = arguments.get(1).foldable() ? arguments.get(1).eval(null) : null;
    return words instanceof Integer count && count < 0
        ? Optional.of("max_words: expected a number from 0, found " + count)
        : Optional.empty();
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    Expression words = arguments.get(1);
    Expression limit =
        new If(
            new EqualTo(words, Literal.create(0, DataTypes.IntegerType)),
            Values.literal(""),
            Values.concat(
                Values.literal(" in at most "), Values.text(words), Values.literal(" words")));
    return Values.answer(
        settings.generate(
            NAME, Prompts.of(NAME), Map.of("content", arguments.get(0), "limit", limit)));
  }
}

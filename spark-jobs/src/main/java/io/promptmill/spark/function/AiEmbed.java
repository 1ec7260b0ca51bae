package io.promptmill.spark.function;

import io.promptmill.engine.Pooling;
import io.promptmill.udf.InferSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code ai_embed(text[, pooling])}: the model's hidden states of a text, after the final norm; the
 * last token's or the mean of all.
 */
record AiEmbed() implements AiFunction {
  private static final String NAME = "ai_embed";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required("text", DataTypes.StringType, "the text"),
              new Signature.Parameter(
                  "pooling",
                  DataTypes.StringType,
                  "'last' for the last token's state, 'mean' for the mean of all tokens' states, a"
                      + " literal; 'last' if not given",
                  Values.literal("last"))),
          "Gives a text's embedding: the model's last hidden state, of the last token or in the"
              + " mean.",
          "_FUNC_('some text')",
          "[0.12, -1.3, ...]");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<String> problem(List<Expression> arguments) {
    Expression pooling = arguments.get(1);
    if (!pooling.foldable()) {
      return Optional.of("pooling: expected a literal, found " + pooling.sql());
    }
    return find(pooling).isPresent()
        ? Optional.empty()
        : Optional.of("pooling: expected 'last' or 'mean', found " + pooling.sql());
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    Pooling pooling = find(arguments.get(1)).orElseThrow();
    return Values.field(
        settings.request(
            NAME,
            new InferSpec.Embed(AiSettings.text(Prompts.of(NAME)), pooling),
            Map.of("text", arguments.get(0))),
        "values");
  }

  private static Optional<Pooling> find(Expression literal) {
    String name = String.valueOf(literal.eval(null)).toUpperCase(Locale.ROOT);
    return Stream.of(Pooling.values()).filter(each -> each.name().equals(name)).findFirst();
  }
}

package io.promptmill.spark.function;

import io.promptmill.spark.plan.InferRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code ai_classify(content, labels[, probabilities])}: the likeliest label. All labels are scored
 * as answers, by the sum of their tokens' log-likelihoods: nothing else can come out.
 */
record AiClassify() implements AiFunction {
  private static final String NAME = "ai_classify";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required("content", DataTypes.StringType, "the text"),
              Signature.Parameter.required(
                  "labels", DataTypes.createArrayType(DataTypes.StringType), "two labels or more"),
              new Signature.Parameter(
                  "probabilities",
                  DataTypes.BooleanType,
                  "whether to give each label's probability too, a literal; false if not given",
                  Literal.create(false, DataTypes.BooleanType))),
          "Gives the label that fits a text best.",
          "_FUNC_('Anna scored twice on Friday.', array('sports', 'weather'))",
          "sports");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<String> problem(List<Expression> arguments) {
    return arguments.get(2).foldable()
        ? Labels.problem("labels", arguments.get(1), 2)
        : Optional.of("probabilities: expected a literal, found " + arguments.get(2).sql());
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    Expression labels = arguments.get(1);
    InferRequest scores =
        settings.score(
            NAME,
            Prompts.of(NAME),
            "labels",
            Map.of(
                "content",
                arguments.get(0),
                "label_names",
                Values.joined(labels, ", "),
                "labels",
                labels));
    Expression label = Values.element(labels, Values.field(scores, "best"));
    if (!Boolean.TRUE.equals(arguments.get(2).eval(null))) {
      return label;
    }
    Expression shares =
        Values.answers(
            "probabilities",
            DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false),
            labels,
            Values.field(scores, "loglikelihoods"));
    return Values.unlessNull(scores, Values.struct("label", label, "probabilities", shares));
  }
}

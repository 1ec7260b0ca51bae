package io.promptmill.spark.function;

import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.spark.plan.InferRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code ai_extract(content, labels)}: what a text says of each label. The answer is held to JSON
 * with the labels as keys.
 */
record AiExtract() implements AiFunction {
  private static final String NAME = "ai_extract";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required("content", DataTypes.StringType, "the text"),
              Signature.Parameter.required(
                  "labels",
                  DataTypes.createArrayType(DataTypes.StringType),
                  "what to look for, a literal such as array('name', 'city')")),
          "Gives a struct with what the text says of each label, null where it says nothing.",
          "_FUNC_('Anna lives in Rome.', array('name', 'city'))",
          "{Anna, Rome}");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<String> problem(List<Expression> arguments) {
    return arguments.get(1).foldable()
        ? Labels.problem("labels", arguments.get(1), 1)
        : Optional.of("labels: expected a literal array, found " + arguments.get(1).sql());
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    StructType type = new StructType();
    List<String> labels = Labels.of(arguments.get(1));
    for (String label : labels) {
      type = type.add(label, DataTypes.StringType);
    }
    InferRequest response =
        settings.generate(
            NAME,
            Prompts.of(NAME),
            Map.of("content", arguments.get(0), "labels", Values.joined(arguments.get(1), ", ")),
            new OutputConstraint.JsonSchema(JsonSchemas.ofSingleValues(labels)));
    return Values.parsed(Values.answer(response), type);
  }
}

package io.promptmill.spark.function;

import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.plan.InferRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.AnyDataType$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_query(model, request, ...)}: the answer of a model, in a form, with settings. */
record AiQuery() implements AiFunction {
  private static final String NAME = "ai_query";
  private static final Literal NO_TEXT = Literal.create(null, DataTypes.StringType);

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required(
                  "model",
                  DataTypes.StringType,
                  "checkpoint's folder, a literal; null for the session's. Also: endpoint"),
              Signature.Parameter.required(
                  "request", DataTypes.StringType, "what the model is asked"),
              new Signature.Parameter(
                  "returnType",
                  DataTypes.StringType,
                  "type of the answer, such as 'STRUCT<name STRING, age INT>'; the answer is held to"
                      + " it",
                  NO_TEXT),
              new Signature.Parameter(
                  "failOnError",
                  DataTypes.BooleanType,
                  "whether a row that fails fails the query; if not, the result is"
                      + " STRUCT<result, errorMessage>",
                  Literal.create(true, DataTypes.BooleanType)),
              new Signature.Parameter(
                  "modelParameters",
                  AnyDataType$.MODULE$,
                  "how to draw, such as named_struct('max_tokens', 100, 'temperature', 0.7)",
                  Literal.create(null, DataTypes.NullType)),
              new Signature.Parameter(
                  "responseFormat",
                  DataTypes.StringType,
                  "form of the answer: 'text', a STRUCT type, or a JSON schema as OpenAI has it",
                  NO_TEXT)),
          Map.of("endpoint", "model"),
          "Asks a model.",
          "_FUNC_(NULL, 'How old is Anna?', returnType => 'STRUCT<age INT>')",
          "{30}");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<String> problem(List<Expression> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String name = SIGNATURE.parameters().get(i).name();
      if (!name.equals("request") && !arguments.get(i).foldable()) {
        return Optional.of(name + ": expected a literal, found " + arguments.get(i).sql());
      }
    }
    return arguments.get(3).eval(null) == null
        ? Optional.of("failOnError: expected true or false, found null")
        : ModelParameters.problem(arguments.get(4));
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    Map<String, List<String>> options = new HashMap<>(ModelParameters.options(arguments.get(4)));
    text(arguments.get(0))
        .ifPresent(model -> options.put(PromptmillKeys.MODEL.option(), List.of(model)));
    boolean failOnError = (Boolean) arguments.get(3).eval(null);
    DataType type = text(arguments.get(2)).map(DataType::fromDDL).orElse(DataTypes.StringType);
    OutputConstraint form =
        text(arguments.get(5)).map(ResponseFormat::of).orElseGet(() -> ResponseFormat.of(type));
    InferRequest response =
        settings
            .with(options, failOnError)
            .generate(NAME, Prompts.of(NAME), Map.of("request", arguments.get(1)), form);
    Expression result = Values.parsed(Values.answer(response), type);
    return failOnError
        ? result
        : Values.struct(
            "result",
            result,
            "errorMessage",
            Values.field(Values.field(response, "error"), "message"));
  }

  private static Optional<String> text(Expression literal) {
    return Optional.ofNullable(literal.eval(null)).map(Object::toString);
  }
}

package io.promptmill.spark.function;

import io.promptmill.spark.plan.InferRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.ArraysZip;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/** {@code ai_score(prompt, candidates)}: log-likelihoods of candidates as answers. */
record AiScore() implements AiFunction {
  private static final String NAME = "ai_score";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(
              Signature.Parameter.required(
                  "prompt", DataTypes.StringType, "what the model is asked"),
              Signature.Parameter.required(
                  "candidates",
                  DataTypes.createArrayType(DataTypes.StringType),
                  "possible answers, at least one")),
          "Gives the log-likelihood of each candidate as the answer to the prompt.",
          "_FUNC_('The capital of France?', array('Paris', 'Rome'))",
          "[{Paris, -0.1, 1, true}, {Rome, -4.2, 1, false}]");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<String> problem(List<Expression> arguments) {
    return Labels.problem("candidates", arguments.get(1), 1);
  }

  @Override
  public Expression lower(List<Expression> arguments, AiSettings settings) {
    Expression candidates = arguments.get(1);
    InferRequest scores =
        settings.score(
            NAME,
            Prompts.of(NAME),
            "candidates",
            Map.of("prompt", arguments.get(0), "candidates", candidates));
    return new ArraysZip(
        Values.seq(
            List.of(
                candidates,
                Values.field(scores, "loglikelihoods"),
                Values.field(scores, "token_counts"),
                Values.field(scores, "is_greedy"))),
        Values.seq(
            List.of(
                Values.literal("candidate"),
                Values.literal("loglikelihood"),
                Values.literal("tokens"),
                Values.literal("is_greedy"))));
  }
}

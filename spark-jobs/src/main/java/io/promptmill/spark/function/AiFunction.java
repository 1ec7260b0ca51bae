package io.promptmill.spark.function;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** An SQL function that asks a model. Without state. */
interface AiFunction extends Serializable {

  Signature signature();

  /**
   * What is wrong with arguments whose types are right: expected and found.
   *
   * @param arguments of all parameters, in their order
   */
  default Optional<String> problem(List<Expression> arguments) {
    return Optional.empty();
  }

  /**
   * The function's value in terms of Spark's own expressions and of requests.
   *
   * @param arguments of all parameters, in their order, of the right types
   */
  Expression lower(List<Expression> arguments, AiSettings settings);
}

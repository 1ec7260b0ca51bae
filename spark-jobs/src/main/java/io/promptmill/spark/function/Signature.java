package io.promptmill.spark.function;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.plans.logical.FunctionSignature;
import org.apache.spark.sql.catalyst.plans.logical.InputParameter;
import org.apache.spark.sql.types.AbstractDataType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How a function is called and what {@code DESCRIBE FUNCTION} says of it.
 *
 * @param parameters required ones first
 * @param aliases other names of parameters
 * @param does what it gives
 * @param example an expression that calls it
 * @param answer what the example may give
 */
record Signature(
    String name,
    List<Parameter> parameters,
    Map<String, String> aliases,
    String does,
    String example,
    String answer) {

  /**
   * @param type what the analyzer casts the argument to
   * @param fallback value where no argument is given; null where one must be
   */
  record Parameter(String name, AbstractDataType type, String doc, Literal fallback) {

    static Parameter required(String name, AbstractDataType type, String doc) {
      return new Parameter(name, type, doc, null);
    }
  }

  Signature {
    parameters = List.copyOf(parameters);
    aliases = Map.copyOf(aliases);
  }

  Signature(String name, List<Parameter> parameters, String does, String example, String answer) {
    this(name, parameters, Map.of(), does, example, answer);
  }

  /** Arguments that are given by a parameter's other name, by its own. */
  Seq<Expression> withoutAliases(Seq<Expression> arguments) {
    List<Expression> given = CollectionConverters.asJava(arguments);
    return Values.seq(given.stream().map(this::withoutAlias).toList());
  }

  private Expression withoutAlias(Expression argument) {
    return argument instanceof NamedArgumentExpression named
            && aliases.containsKey(named.key().toLowerCase(Locale.ROOT))
        ? new NamedArgumentExpression(
            aliases.get(named.key().toLowerCase(Locale.ROOT)), named.value())
        : argument;
  }

  FunctionSignature forAnalyzer() {
    List<InputParameter> inputs =
        parameters.stream()
            .map(each -> new InputParameter(each.name(), Option.<Expression>apply(each.fallback())))
            .toList();
    return new FunctionSignature(Values.seq(inputs));
  }

  ExpressionInfo info(Class<?> implementation) {
    String call =
        parameters.stream()
            .map(each -> each.fallback() == null ? each.name() : "[" + each.name() + "]")
            .collect(Collectors.joining(", ", "_FUNC_(", ")"));
    String arguments =
        parameters.stream()
            .map(each -> "      * " + each.name() + " - " + each.doc() + "\n")
            .collect(Collectors.joining("", "\n    Arguments:\n", ""));
    String examples = "\n    Examples:\n      > SELECT " + example + ";\n       " + answer + "\n";
    return new ExpressionInfo(
        implementation.getName(),
        null,
        name,
        call + " - " + does,
        arguments,
        examples,
        "",
        "misc_funcs",
        "",
        "",
        "built-in");
  }
}

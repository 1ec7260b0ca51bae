package io.promptmill.spark.plan;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The few Scala collections and expressions that nodes and rules need. */
final class Nodes {
  private Nodes() {}

  static <T> Seq<T> append(Seq<T> elements, T last) {
    return seq(
        Stream.concat(CollectionConverters.asJava(elements).stream(), Stream.of(last)).toList());
  }

  static Seq<Expression> expressions(Seq<Attribute> attributes) {
    return seq(List.<Expression>copyOf(CollectionConverters.asJava(attributes)));
  }

  static <T> Seq<T> append(Seq<T> elements, Seq<T> last) {
    return seq(Stream.concat(list(elements).stream(), list(last).stream()).toList());
  }

  static Seq<NamedExpression> named(Seq<Attribute> attributes) {
    return seq(List.<NamedExpression>copyOf(list(attributes)));
  }

  static Alias alias(Expression expression, String name) {
    return new Alias(
        expression,
        name,
        NamedExpression.newExprId(),
        seq(List.of()),
        Option.empty(),
        seq(List.of()));
  }

  static AttributeSet attributeSet(Seq<Attribute> attributes) {
    return AttributeSet.apply(expressions(attributes));
  }

  static <T> List<T> list(Seq<T> elements) {
    return CollectionConverters.asJava(elements);
  }

  /** What inference nodes are in plans. */
  static String describe(
      Seq<Seq<Expression>> inputs, Seq<Attribute> results, List<InferCall> calls) {
    StringJoiner text = new StringJoiner(", ", "Infer [", "]");
    for (int i = 0; i < calls.size(); i++) {
      text.add(
          results.apply(i) + " = " + calls.get(i) + " (" + inputs.apply(i).mkString(", ") + ")");
    }
    return text.toString();
  }

  static <T> Seq<T> seq(List<T> elements) {
    return CollectionConverters.asScala(elements).toSeq();
  }
}

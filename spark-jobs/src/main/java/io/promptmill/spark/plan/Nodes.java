package io.promptmill.spark.plan;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The few Scala collections that both nodes need. */
final class Nodes {
  private Nodes() {}

  static <T> Seq<T> append(Seq<T> elements, T last) {
    return seq(
        Stream.concat(CollectionConverters.asJava(elements).stream(), Stream.of(last)).toList());
  }

  static Seq<Expression> expressions(Seq<Attribute> attributes) {
    return seq(List.<Expression>copyOf(CollectionConverters.asJava(attributes)));
  }

  static AttributeSet attributeSet(Attribute attribute) {
    return AttributeSet.apply(attribute);
  }

  static <T> Seq<T> seq(List<T> elements) {
    return CollectionConverters.asScala(elements).toSeq();
  }
}

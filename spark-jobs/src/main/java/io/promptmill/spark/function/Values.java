package io.promptmill.spark.function;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.ArrayJoin;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's own expressions that functions are made of. */
final class Values {
  private Values() {}

  /** The answer's text, without white space around it. */
  static Expression answer(Expression response) {
    return answers("strip", DataTypes.StringType, field(response, "text"));
  }

  /** A method of {@link Answers}; null where an argument is null. */
  static Expression answers(String method, DataType type, Expression... arguments) {
    Seq<AbstractDataType> types = seq(List.of());
    return new StaticInvoke(
        Answers.class,
        type,
        method,
        seq(Arrays.asList(arguments)),
        types,
        true,
        true,
        true,
        Option.empty());
  }

  /** A field of a result struct, by the name that {@code ResultSchemas} gives it. */
  static Expression field(Expression struct, String name) {
    int ordinal = ((StructType) struct.dataType()).fieldIndex(name);
    return new GetStructField(struct, ordinal, Option.apply(name));
  }

  static Expression struct(String name, Expression value, String name2, Expression value2) {
    return new CreateNamedStruct(seq(List.of(literal(name), value, literal(name2), value2)));
  }

  /** The value; null where the request has no result because an argument is null. */
  static Expression unlessNull(Expression request, Expression value) {
    return new If(new IsNull(request), Literal.create(null, value.dataType()), value);
  }

  /**
   * @param index from 0
   */
  static Expression element(Expression array, Expression index) {
    return new GetArrayItem(array, index, false);
  }

  static Expression concat(Expression... texts) {
    return new Concat(seq(Arrays.asList(texts)));
  }

  /** The texts of an array in one. */
  static Expression joined(Expression texts, String between) {
    return new ArrayJoin(texts, literal(between), Option.empty());
  }

  static Expression text(Expression value) {
    return cast(value, DataTypes.StringType);
  }

  /** JSON as a value of the type; null where it is not one. */
  static Expression parsed(Expression json, DataType type) {
    if (type instanceof StringType) {
      return json;
    }
    if (type instanceof StructType || type instanceof ArrayType) {
      return new JsonToStructs(type, Map$.MODULE$.empty(), json, timeZone(), false);
    }
    return cast(json, type);
  }

  private static Expression cast(Expression value, DataType type) {
    return new Cast(value, type, timeZone(), EvalMode.LEGACY());
  }

  private static Option<String> timeZone() {
    return Option.apply(SQLConf.get().sessionLocalTimeZone());
  }

  static Literal literal(String text) {
    return Literal.create(text, DataTypes.StringType);
  }

  static Expression literals(String... texts) {
    return new CreateArray(seq(Stream.of(texts).<Expression>map(Values::literal).toList()), false);
  }

  static <T> Seq<T> seq(List<T> elements) {
    return CollectionConverters.asScala(elements).toSeq();
  }
}

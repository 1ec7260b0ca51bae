package io.promptmill.spark.function;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of an SQL function in analyzed plans. {@link LowerAiFunctions} puts {@link #lowered} in
 * its place.
 */
final class AiCall extends Expression implements Unevaluable, ImplicitCastInputTypes {
  private static final long serialVersionUID = 1L;

  private final AiFunction function;
  private final Seq<Expression> arguments;
  private final AiSettings settings;
  private transient Expression lowered;

  /**
   * @param arguments of all parameters, in their order
   */
  AiCall(AiFunction function, Seq<Expression> arguments, AiSettings settings) {
    this.function = function;
    this.arguments = arguments;
    this.settings = settings;
  }

  /** Spark's own expressions around requests; only of a call whose arguments are resolved. */
  synchronized Expression lowered() {
    if (lowered == null) {
      lowered = function.lower(values(), settings);
    }
    return lowered;
  }

  /** The arguments without names inside, as {@code struct(20 AS max_tokens)} has: not foldable. */
  private List<Expression> values() {
    return CollectionConverters.asJava(arguments).stream().map(AiCall::withoutAliases).toList();
  }

  private static Expression withoutAliases(Expression expression) {
    return expression instanceof Alias alias
        ? withoutAliases(alias.child())
        : expression.mapChildren(AiCall::withoutAliases);
  }

  @Override
  public DataType dataType() {
    return lowered().dataType();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public Seq<AbstractDataType> inputTypes() {
    List<AbstractDataType> types =
        function.signature().parameters().stream().map(Signature.Parameter::type).toList();
    return CollectionConverters.asScala(types).toSeq();
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    TypeCheckResult types = ImplicitCastInputTypes.super.checkInputDataTypes();
    if (types.isFailure()) {
      return types;
    }
    Optional<String> problem = function.problem(values());
    return problem.isPresent()
        ? new TypeCheckResult.TypeCheckFailure(prettyName() + ": " + problem.get())
        : types;
  }

  @Override
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new AiCall(function, newChildren, settings);
  }

  @Override
  public String prettyName() {
    return function.signature().name();
  }

  /** As it was called: defaults at the end are left out. */
  @Override
  public String sql() {
    List<Expression> given = CollectionConverters.asJava(arguments);
    List<Signature.Parameter> parameters = function.signature().parameters();
    int count = given.size();
    while (count > 0 && isDefault(given.get(count - 1), parameters.get(count - 1).fallback())) {
      count--;
    }
    List<String> texts = given.subList(0, count).stream().map(Expression::sql).toList();
    return prettyName() + "(" + String.join(", ", texts) + ")";
  }

  /** As {@link #sql}, with the names that plans have: settings would drown them. */
  @Override
  public String toString() {
    return prettyName() + "(" + arguments.mkString(", ") + ")";
  }

  private static boolean isDefault(Expression argument, Literal fallback) {
    String shown =
        fallback == null || fallback.value() != null ? "" : "NULL"; // as columns' names have it
    return fallback != null
        && (argument.sql().equals(fallback.sql()) || argument.sql().equals(shown));
  }

  @Override
  public Object eval(InternalRow input) {
    return Unevaluable.super.eval(input);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return Unevaluable.super.doGenCode(context, code);
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> function;
      case 1 -> arguments;
      case 2 -> settings;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof AiCall;
  }

  @Override
  public boolean equals(Object that) {
    return this == that
        || (that instanceof AiCall other
            && function.equals(other.function)
            && arguments.equals(other.arguments)
            && settings.equals(other.settings));
  }

  @Override
  public int hashCode() {
    return Objects.hash(function, arguments, settings);
  }
}

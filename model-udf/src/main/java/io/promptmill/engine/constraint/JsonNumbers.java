package io.promptmill.engine.constraint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * JSON numbers. Integers have at most 18 digits, so that they fit 64 bits. Numbers without bounds
 * have at most 15 digits before and after the point and an exponent of two; numbers with a bound
 * are written without exponent, with at most 6 digits after the point or as many as their bounds.
 */
final class JsonNumbers {
  static final List<String> KEYWORDS =
      List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private static final int INTEGER_DIGITS = 18;
  private static final int NUMBER_DIGITS = 15;
  private static final int FRACTION_DIGITS = 6;
  private static final int MAX_BOUND_DIGITS = 30;

  private JsonNumbers() {}

  static Expression integer(SchemaObject schema) {
    return between(schema, 0, INTEGER_DIGITS);
  }

  static Expression number(SchemaObject schema) {
    if (KEYWORDS.stream().noneMatch(schema::has)) {
      String digits = "[0-9]{1,%d}".formatted(NUMBER_DIGITS);
      String whole = "-?(?:0|[1-9][0-9]{0,%d})".formatted(NUMBER_DIGITS - 1);
      String regex = whole + "(?:\\." + digits + ")?(?:[eE][-+]?[0-9]{1,2})?";
      return new RegexParser(regex, "number").fullMatch();
    }
    int fraction = FRACTION_DIGITS;
    for (String keyword : KEYWORDS) {
      fraction = Math.max(fraction, schema.decimal(keyword).map(BigDecimal::scale).orElse(0));
    }
    return between(schema, fraction, NUMBER_DIGITS);
  }

  private static Expression between(SchemaObject schema, int fractionDigits, int digits) {
    Optional<BigDecimal> minimum = schema.decimal("minimum");
    Optional<BigDecimal> above = schema.decimal("exclusiveMinimum");
    Optional<BigDecimal> maximum = schema.decimal("maximum");
    Optional<BigDecimal> below = schema.decimal("exclusiveMaximum");
    int width = digits;
    for (String keyword : KEYWORDS) {
      BigDecimal bound = schema.decimal(keyword).orElse(BigDecimal.ZERO);
      int whole = bound.precision() - bound.scale();
      if (whole > MAX_BOUND_DIGITS || bound.scale() > MAX_BOUND_DIGITS) {
        throw schema.refuse(
            keyword,
            "expected at most %d digits before and after the point, found %s"
                .formatted(MAX_BOUND_DIGITS, bound));
      }
      width = Math.max(width, whole + 1);
    }
    List<Expression> options = new ArrayList<>();
    for (int scale = 0; scale <= fractionDigits; scale++) {
      BigInteger unit = BigInteger.TEN.pow(scale);
      BigInteger widest = BigInteger.TEN.pow(width).subtract(BigInteger.ONE).multiply(unit);
      BigInteger least =
          Stream.of(
                  minimum.map(bound -> DecimalRange.atLeast(bound, unit)),
                  above.map(bound -> DecimalRange.above(bound, unit)))
              .flatMap(Optional::stream)
              .reduce(widest.negate(), BigInteger::max);
      BigInteger most =
          Stream.of(
                  maximum.map(bound -> DecimalRange.atLeast(bound.negate(), unit).negate()),
                  below.map(bound -> DecimalRange.above(bound.negate(), unit).negate()))
              .flatMap(Optional::stream)
              .reduce(widest, BigInteger::min);
      options.addAll(DecimalRange.between(least, most, scale));
    }
    if (options.isEmpty()) {
      throw schema.refuse(
          KEYWORDS.stream().filter(schema::has).findFirst().orElseThrow(),
          "leaves no number between the bounds");
    }
    return new Expression.Alternatives(options);
  }
}

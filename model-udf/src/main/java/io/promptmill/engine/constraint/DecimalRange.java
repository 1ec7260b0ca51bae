package io.promptmill.engine.constraint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Decimals between two bounds, digit by digit. */
final class DecimalRange {
  private static final Expression POINT = new Expression.Literal(".");

  private final String first;
  private final String last;
  private final int point;

  /**
   * @param first digits of the smallest
   * @param last digits of the largest, as many
   * @param point digits before the point
   */
  private DecimalRange(String first, String last, int point) {
    this.first = first;
    this.last = last;
    this.point = point;
  }

  /** The smallest multiple of 1/unit that is not below the bound, as its factor. */
  static BigInteger atLeast(BigDecimal bound, BigInteger unit) {
    return bound.multiply(new BigDecimal(unit)).setScale(0, RoundingMode.CEILING).unscaledValue();
  }

  /** The smallest multiple of 1/unit above the bound, as its factor. */
  static BigInteger above(BigDecimal bound, BigInteger unit) {
    return bound
        .multiply(new BigDecimal(unit))
        .setScale(0, RoundingMode.FLOOR)
        .unscaledValue()
        .add(BigInteger.ONE);
  }

  /** Alternatives for the numbers from least to most, both times 10^-scale; no negative zero. */
  static List<Expression> between(BigInteger least, BigInteger most, int scale) {
    List<Expression> options = new ArrayList<>();
    magnitudes(least.max(BigInteger.ZERO), most, scale, options);
    List<Expression> negative = new ArrayList<>();
    magnitudes(most.negate().max(BigInteger.ONE), least.negate(), scale, negative);
    if (!negative.isEmpty()) {
      options.add(
          Expression.sequence(new Expression.Literal("-"), new Expression.Alternatives(negative)));
    }
    return options;
  }

  private static void magnitudes(
      BigInteger least, BigInteger most, int scale, List<Expression> options) {
    if (least.compareTo(most) > 0) {
      return;
    }
    int longest = Math.max(scale + 1, most.toString().length());
    for (int digits = scale + 1; digits <= longest; digits++) {
      BigInteger end = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
      // Only a number below 1 begins with a zero.
      BigInteger start = digits == scale + 1 ? BigInteger.ZERO : BigInteger.TEN.pow(digits - 1);
      BigInteger from = start.max(least);
      BigInteger to = end.min(most);
      if (from.compareTo(to) <= 0) {
        String format = "%0" + digits + "d";
        options.add(
            new DecimalRange(format.formatted(from), format.formatted(to), digits - scale)
                .from(0, true, true));
      }
    }
  }

  /** Digits from a place on, held by the bounds whose digits are the same so far. */
  private Expression from(int place, boolean heldBelow, boolean heldAbove) {
    if (place == first.length()) {
      return Expression.sequence();
    }
    char low = heldBelow ? first.charAt(place) : '0';
    char high = heldAbove ? last.charAt(place) : '9';
    if (heldBelow && heldAbove && low == high) {
      return digit(place, low, low, true, true);
    }
    List<Expression> options = new ArrayList<>();
    if (heldBelow) {
      options.add(digit(place, low, low, true, false));
      low++;
    }
    if (heldAbove) {
      options.add(digit(place, high, high, false, true));
      high--;
    }
    if (low <= high) {
      options.add(digit(place, low, high, false, false));
    }
    return new Expression.Alternatives(options);
  }

  private Expression digit(int place, int low, int high, boolean heldBelow, boolean heldAbove) {
    Expression digit = new Expression.OneOf(CodePoints.range(low, high));
    Expression rest = from(place + 1, heldBelow, heldAbove);
    return place == point
        ? Expression.sequence(POINT, digit, rest)
        : Expression.sequence(digit, rest);
  }
}

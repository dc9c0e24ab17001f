package dev.gitvan.template.pebble.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.regex.Pattern;

/**
 * Arithmetic of templates. Integers are exact at any size up to {@link #MAX_DIGITS} digits; a
 * double makes the result a double, a decimal makes it a decimal. Results are a Long where that
 * fits.
 */
final class Numbers {
  /** Digits of a number, as in data files. */
  static final int MAX_DIGITS = 1000;

  /** Bits that {@link #MAX_DIGITS} digits need. */
  private static final int MAX_BITS = 3322;

  /** Digits that a long can have. */
  private static final int MAX_LONG_DIGITS = 19;

  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d+");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private Numbers() {}

  /** An operator of two numbers. */
  enum Operation {
    ADD(Math::addExact, BigInteger::add, BigDecimal::add, Double::sum),
    SUBTRACT(Math::subtractExact, BigInteger::subtract, BigDecimal::subtract, (a, b) -> a - b),
    MULTIPLY(
        Math::multiplyExact,
        Numbers::product,
        (a, b) -> a.multiply(b, MathContext.DECIMAL128),
        (a, b) -> a * b),
    /** Of integers, the integer part of the quotient. */
    DIVIDE(
        (a, b) -> b == -1 ? Math.negateExact(a) : a / b,
        BigInteger::divide,
        (a, b) -> a.divide(b, MathContext.DECIMAL128),
        (a, b) -> a / b),
    REMAINDER(
        (a, b) -> a % b,
        BigInteger::remainder,
        (a, b) -> a.remainder(b, MathContext.DECIMAL128),
        (a, b) -> a % b);

    /** Throws an ArithmeticException where the result does not fit. */
    private final LongBinaryOperator longs;

    private final BinaryOperator<BigInteger> integers;
    private final BinaryOperator<BigDecimal> decimals;
    private final DoubleBinaryOperator doubles;

    Operation(
        LongBinaryOperator longs,
        BinaryOperator<BigInteger> integers,
        BinaryOperator<BigDecimal> decimals,
        DoubleBinaryOperator doubles) {
      this.longs = longs;
      this.integers = integers;
      this.decimals = decimals;
      this.doubles = doubles;
    }

    /**
     * Applies it to two numbers, or strings that are written as one.
     *
     * @throws BadArgument if one is something else, or the result is too large
     * @throws ArithmeticException for a division by zero
     */
    Number of(Object a, Object b) {
      var x = number(a);
      var y = number(b);
      if (x instanceof Long m && y instanceof Long n) {
        try {
          return longs.applyAsLong(m, n);
        } catch (ArithmeticException e) {
          // It does not fit a long, or is a division by zero, which the integers report.
        }
      }
      if (isReal(x) || isReal(y)) {
        return doubles.applyAsDouble(x.doubleValue(), y.doubleValue());
      }
      return x instanceof BigDecimal || y instanceof BigDecimal
          ? decimals.apply(decimal(x), decimal(y))
          : narrow(integers.apply(integer(x), integer(y)));
    }
  }

  private static BigInteger product(BigInteger a, BigInteger b) {
    if (a.bitLength() + b.bitLength() > MAX_BITS + 1) {
      throw tooLarge();
    }
    return a.multiply(b);
  }

  /** A number with the other sign. */
  static Number negated(Object value) {
    var number = number(value);
    return isReal(number)
        ? (Number) (-number.doubleValue())
        : Operation.SUBTRACT.of((Object) 0L, number);
  }

  /** A number without its sign. */
  static Number absolute(Object value) {
    var number = number(value);
    return compare(number, 0L) < 0 ? negated(number) : number;
  }

  /** Compares two numbers by value; NaN is greater than all others. */
  static int compare(Number a, Number b) {
    if (isReal(a) && isReal(b)) {
      double x = a.doubleValue();
      double y = b.doubleValue();
      return x == y ? 0 : Double.compare(x, y);
    }
    if (!isFinite(a) || !isFinite(b)) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    return a instanceof Long x && b instanceof Long y
        ? Long.compare(x, y)
        : decimal(a).compareTo(decimal(b));
  }

  /** Whether two numbers have the same value; NaN equals nothing. */
  static boolean areEqual(Number a, Number b) {
    return !Double.isNaN(a.doubleValue()) && compare(a, b) == 0;
  }

  /** Whether a whole number can be divided by another without a remainder. */
  static boolean isDivisible(Object value, Object divisor) {
    return compare(Operation.REMAINDER.of(value, divisor), 0L) == 0;
  }

  /** The whole part of a number as a long; the nearest long if it does not fit. */
  static long toLong(Number number) {
    if (!(number instanceof BigInteger || number instanceof BigDecimal)) {
      return number.longValue();
    }
    var exact = decimal(number);
    if (wholeDigits(exact) <= MAX_LONG_DIGITS) {
      var whole = whole(exact);
      if (whole instanceof Long fits) {
        return fits;
      }
    }
    return exact.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** The whole part of a number. */
  static Number whole(BigDecimal number) {
    long digits = wholeDigits(number);
    if (digits > MAX_DIGITS) {
      throw tooLarge();
    }
    // Of a fraction with a large exponent, toBigInteger would compute that power of ten.
    return digits <= 0 ? 0L : narrow(number.toBigInteger());
  }

  private static long wholeDigits(BigDecimal number) {
    return number.precision() - (long) number.scale();
  }

  /** An integer of digits only. */
  static Number integer(String digits) {
    if (digits.length() > MAX_DIGITS) {
      throw tooLarge();
    }
    return narrow(new BigInteger(digits));
  }

  private static Number narrow(BigInteger number) {
    if (number.bitLength() < Long.SIZE) {
      return number.longValue();
    }
    if (number.bitLength() > MAX_BITS) {
      throw tooLarge();
    }
    return number;
  }

  private static BadArgument tooLarge() {
    return new BadArgument(
        String.format(
            Locale.ROOT,
            "a number of over %,d digits, the limit for numbers in templates",
            MAX_DIGITS));
  }

  private static Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    if (value instanceof String text) {
      if (text.length() <= MAX_DIGITS && INTEGER.matcher(text).matches()) {
        return narrow(new BigInteger(text));
      }
      if (text.length() <= MAX_DIGITS && REAL.matcher(text).matches()) {
        return Double.valueOf(text);
      }
      throw new BadArgument("'" + Characters.shortened(text) + "' is not a number");
    }
    throw new BadArgument("expected a number, not " + Values.kind(value));
  }

  private static boolean isReal(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  private static boolean isFinite(Number number) {
    return !isReal(number) || Double.isFinite(number.doubleValue());
  }

  private static BigInteger integer(Number number) {
    return number instanceof BigInteger exact ? exact : BigInteger.valueOf(number.longValue());
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal exact) {
      return exact;
    }
    if (isReal(number)) {
      return new BigDecimal(number.toString());
    }
    return new BigDecimal(integer(number));
  }
}

package dev.gitvan.config.internal.document;

import java.math.BigInteger;

/**
 * The core schema of YAML 1.2, section 10.3: what a plain scalar means. {@code on}, {@code yes} and
 * {@code 0777} are what they look like: two strings and the number 777.
 */
final class CoreSchema {
  /** Converting a number costs the square of its length; nobody writes longer ones by hand. */
  static final int MAX_DIGITS = 1000;

  private CoreSchema() {}

  /** A number that is written as one and cannot be held as one. */
  static final class UnfitNumber extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitNumber(String message) {
      super(message);
    }
  }

  /** The value of a plain scalar: null, Boolean, Long, BigInteger, Double or the text itself. */
  static Object resolve(String text) throws UnfitNumber {
    if (text.isEmpty()) {
      return null;
    }
    char first = text.charAt(0);
    if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
      return number(text);
    }
    return switch (text) {
      case "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> Boolean.TRUE;
      case "false", "False", "FALSE" -> Boolean.FALSE;
      default -> text;
    };
  }

  private static Object number(String text) throws UnfitNumber {
    if (text.startsWith("0x") && isAll(text, 2, "0123456789abcdefABCDEF")) {
      return integer(text.substring(2), 16);
    }
    if (text.startsWith("0o") && isAll(text, 2, "01234567")) {
      return integer(text.substring(2), 8);
    }
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    if (isAll(text, start, "0123456789")) {
      return integer(text, 10);
    }
    return switch (text.substring(start)) {
      case ".inf", ".Inf", ".INF" -> throw new UnfitNumber("infinity is not a value");
      case ".nan", ".NaN", ".NAN" -> throw new UnfitNumber("NaN is not a value");
      default -> isFloat(text, start) ? real(text) : text;
    };
  }

  private static Object integer(String digits, int radix) throws UnfitNumber {
    if (digits.length() > MAX_DIGITS) {
      throw new UnfitNumber("a number of more than " + MAX_DIGITS + " digits");
    }
    if (digits.length() <= 18 && radix == 10 || digits.length() <= 15) {
      return Long.parseLong(digits, radix);
    }
    return narrow(new BigInteger(digits, radix));
  }

  /** A long where it fits. */
  static Object narrow(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  /** A double that is one: {@code 1e999} would silently become infinity. */
  static Double real(String text) throws UnfitNumber {
    if (text.length() > MAX_DIGITS) {
      throw new UnfitNumber("a number of more than " + MAX_DIGITS + " digits");
    }
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw new UnfitNumber("the number " + text + " is too large");
    }
    return number;
  }

  /** {@code [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?}. */
  private static boolean isFloat(String text, int start) {
    int at = digits(text, start);
    boolean any = at > start;
    if (at < text.length() && text.charAt(at) == '.') {
      int fraction = digits(text, at + 1);
      any |= fraction > at + 1;
      at = fraction;
    }
    if (!any) {
      return false;
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      int exponent = at + 1;
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      at = digits(text, exponent);
      return at > exponent && at == text.length();
    }
    return at == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static boolean isAll(String text, int from, String allowed) {
    for (int i = from; i < text.length(); i++) {
      if (allowed.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return text.length() > from;
  }
}

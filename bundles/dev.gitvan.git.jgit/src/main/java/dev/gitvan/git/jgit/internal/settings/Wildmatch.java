package dev.gitvan.git.jgit.internal.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Git's {@code wildmatch}: bytes, not characters, are matched. All ways through the pattern are
 * followed at once, so that the time is linear in the text, whatever the pattern. Immutable.
 */
public final class Wildmatch {
  /** A part of a pattern. */
  private sealed interface Part {}

  /** Exactly one byte. */
  private record One(IntPredicate bytes) implements Part {}

  /** Any number of bytes. */
  private record Many(IntPredicate bytes) implements Part {}

  /** {@code **}{@code /}: nothing, or folders. */
  private record Folders() implements Part {}

  private static final IntPredicate ALL = b -> true;
  private static final IntPredicate NO_SLASH = b -> b != '/';

  private final byte[] pattern;
  private final boolean pathname;
  private final boolean ignoreCase;
  private final List<Part> parts = new ArrayList<>();
  private boolean impossible;
  private int at;

  private Wildmatch(String pattern, boolean pathname, boolean ignoreCase) {
    this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
    this.pathname = pathname;
    this.ignoreCase = ignoreCase;
    while (at < this.pattern.length && !impossible) {
      part();
    }
  }

  /**
   * Reads a pattern.
   *
   * @param pathname whether {@code *}, {@code ?} and sets stop at slashes, which only {@code **}
   *     between slashes crosses
   * @param ignoreCase of ASCII letters
   */
  public static Wildmatch of(String pattern, boolean pathname, boolean ignoreCase) {
    return new Wildmatch(pattern, pathname, ignoreCase);
  }

  private void part() {
    int b = next();
    switch (b) {
      case '*' -> star();
      case '?' -> parts.add(new One(pathname ? NO_SLASH : ALL));
      case '[' -> set();
      case '\\' -> {
        if (at == pattern.length) {
          impossible = true;
        } else {
          literal(next());
        }
      }
      default -> literal(b);
    }
  }

  private int next() {
    return pattern[at++] & 0xff;
  }

  private int peek(int offset) {
    return at + offset < pattern.length ? pattern[at + offset] & 0xff : -1;
  }

  private void literal(int b) {
    parts.add(new One(ignoreCase ? c -> lower(c) == lower(b) : c -> c == b));
  }

  private static int lower(int b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  private void star() {
    boolean begins = at == 1 || pattern[at - 2] == '/';
    boolean several = peek(0) == '*';
    while (peek(0) == '*') {
      at++;
    }
    boolean crosses = !pathname || several && begins && (peek(0) == -1 || peek(0) == '/');
    if (pathname && crosses && peek(0) == '/') {
      at++;
      parts.add(new Folders());
    } else {
      parts.add(new Many(crosses ? ALL : NO_SLASH));
    }
  }

  /** A set of bytes, whose first one may be the bracket that otherwise closes it. */
  private void set() {
    boolean negated = peek(0) == '!' || peek(0) == '^';
    if (negated) {
      at++;
    }
    var members = new BitSet(256);
    int previous = -1;
    for (boolean first = true; first || peek(0) != ']'; first = false) {
      if (at == pattern.length) {
        impossible = true;
        return;
      }
      int b = next();
      if (b == '-' && previous >= 0 && peek(0) >= 0 && peek(0) != ']') {
        int last = next();
        if (last == '\\' && at < pattern.length) {
          last = next();
        }
        for (int member = previous; member <= last; member++) {
          addFolded(members, member);
        }
        previous = -1;
      } else if (b == '[' && peek(0) == ':' && namedEnd() > 0) {
        named(members);
        previous = -1;
      } else {
        if (b == '\\' && at < pattern.length) {
          b = next();
        }
        members.set(b);
        previous = b;
      }
    }
    at++;
    IntPredicate in = ignoreCase ? b -> members.get(lower(b)) : members::get;
    parts.add(new One(b -> in.test(b) != negated && !(pathname && b == '/')));
  }

  /** Adds a member of a range or class, in both cases where case does not count. */
  private void addFolded(BitSet members, int member) {
    members.set(member);
    if (ignoreCase) {
      members.set(lower(member));
    }
  }

  /** Where the name of a class such as {@code [:alpha:]} ends; 0: it is not one. */
  private int namedEnd() {
    for (int i = at + 1; i < pattern.length; i++) {
      if (pattern[i] == ']') {
        return pattern[i - 1] == ':' && i - 1 > at ? i - 1 : 0;
      }
    }
    return 0;
  }

  private void named(BitSet members) {
    int end = namedEnd();
    var name = new String(pattern, at + 1, end - at - 1, StandardCharsets.ISO_8859_1);
    at = end + 2;
    IntPredicate named =
        switch (name) {
          case "alnum" -> b -> isLetter(b) || isDigit(b);
          case "alpha" -> Wildmatch::isLetter;
          case "blank" -> b -> b == ' ' || b == '\t';
          case "cntrl" -> b -> b < 32 || b == 127;
          case "digit" -> Wildmatch::isDigit;
          case "graph" -> b -> b > 32 && b < 127;
          case "lower" -> b -> b >= 'a' && b <= 'z';
          case "print" -> b -> b >= 32 && b < 127;
          case "punct" -> b -> b > 32 && b < 127 && !isLetter(b) && !isDigit(b);
          case "space" -> b -> b == ' ' || b >= 9 && b <= 13;
          case "upper" -> b -> b >= 'A' && b <= 'Z';
          case "xdigit" -> b -> isDigit(b) || lower(b) >= 'a' && lower(b) <= 'f';
          default -> null;
        };
    if (named == null) {
      impossible = true;
      return;
    }
    for (int b = 0; b < 128; b++) {
      if (named.test(b)) {
        addFolded(members, b);
      }
    }
  }

  private static boolean isLetter(int b) {
    return lower(b) >= 'a' && lower(b) <= 'z';
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  /** Whether the whole text matches. */
  public boolean matches(String text) {
    if (impossible) {
      return false;
    }
    var states = new BitSet(parts.size() + 1);
    enter(0, states);
    for (byte raw : text.getBytes(StandardCharsets.UTF_8)) {
      int b = raw & 0xff;
      var after = new BitSet(parts.size() + 1);
      for (int i = states.nextSetBit(0); i >= 0 && i < parts.size(); i = states.nextSetBit(i + 1)) {
        step(i, b, after);
      }
      states = after;
      if (states.isEmpty()) {
        return false;
      }
    }
    return states.get(parts.size());
  }

  private void step(int state, int b, BitSet after) {
    var part = parts.get(state);
    if (part instanceof One one) {
      if (one.bytes().test(b)) {
        enter(state + 1, after);
      }
    } else if (part instanceof Many many) {
      if (many.bytes().test(b)) {
        enter(state, after);
      }
    } else {
      after.set(state);
      if (b == '/') {
        enter(state + 1, after);
      }
    }
  }

  /** Marks a state, and those that are reached from it without a byte. */
  private void enter(int state, BitSet states) {
    states.set(state);
    if (state < parts.size() && !(parts.get(state) instanceof One)) {
      enter(state + 1, states);
    }
  }
}

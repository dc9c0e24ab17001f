package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.Token.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes three of Pebble's literals in other words before they are parsed. A map's literal becomes
 * a call, because Pebble forgets the order of its entries, and with it which of two equal keys
 * wins. A string with <code>#{}</code> becomes a concatenation, which is bounded. A large integer
 * becomes a call, because Pebble reads 64 bits.
 */
final class Tokens {
  private final List<Token> in;
  private final String template;
  private final List<Token> out = new ArrayList<>();
  private int next;

  private Tokens(List<Token> in, String template) {
    this.in = in;
    this.template = template;
  }

  /** The tokens to parse. */
  static List<Token> rewrite(List<Token> tokens, String template) {
    var rewriter = new Tokens(tokens, template);
    rewriter.rewrite();
    return rewriter.out;
  }

  private void rewrite() {
    var brackets = new ArrayDeque<Bracket>();
    while (next < in.size()) {
      one(brackets);
    }
  }

  private void one(Deque<Bracket> brackets) {
    var token = in.get(next);
    if (token.test(Type.STRING_INTERPOLATION_START)
        || token.test(Type.STRING) && isAt(next + 1, Type.STRING_INTERPOLATION_START)) {
      interpolation();
    } else if (token.test(Type.PUNCTUATION)) {
      next++;
      punctuation(token, brackets);
    } else if (token.test(Type.NUMBER) && isLong(token.getValue())) {
      next++;
      emit(Type.NAME, Calls.IntegerLiteral.FUNCTION, token.getLineNumber());
      emit(Type.PUNCTUATION, "(", token.getLineNumber());
      emit(Type.STRING, token.getValue(), token.getLineNumber());
      emit(Type.PUNCTUATION, ")", token.getLineNumber());
    } else {
      if (token.test(Type.EXECUTE_END) || token.test(Type.PRINT_END)) {
        brackets.clear();
      }
      next++;
      out.add(token);
    }
  }

  private void interpolation() {
    int line = in.get(next).getLineNumber();
    emit(Type.PUNCTUATION, "(", line);
    boolean first = true;
    boolean text = false;
    while (isAt(next, Type.STRING_INTERPOLATION_START) || isAt(next, Type.STRING) && !text) {
      if (!first) {
        emit(Type.OPERATOR, "~", line);
      }
      first = false;
      text = isAt(next, Type.STRING);
      if (text) {
        out.add(in.get(next++));
      } else {
        next++;
        emit(Type.PUNCTUATION, "(", line);
        var brackets = new ArrayDeque<Bracket>();
        while (next < in.size() && !isAt(next, Type.STRING_INTERPOLATION_END)) {
          one(brackets);
        }
        next++;
        emit(Type.PUNCTUATION, ")", line);
      }
    }
    emit(Type.PUNCTUATION, ")", line);
  }

  private void punctuation(Token token, Deque<Bracket> brackets) {
    var inner = brackets.peek();
    boolean inMap = inner != null && inner.map;
    switch (token.getValue()) {
      case "{" -> {
        brackets.push(new Bracket(true));
        emit(Type.NAME, Calls.MapLiteral.FUNCTION, token.getLineNumber());
        emit(Type.PUNCTUATION, "(", token.getLineNumber());
      }
      case "(", "[" -> {
        brackets.push(new Bracket(false));
        out.add(token);
      }
      case ")", "]" -> {
        brackets.poll();
        out.add(token);
      }
      case "}" -> {
        brackets.poll();
        if (inMap && (inner.entries > 0 || !isOpening(out.get(out.size() - 1)))) {
          inner.endEntry(this, token);
        }
        emit(Type.PUNCTUATION, ")", token.getLineNumber());
      }
      case "?" -> {
        if (inMap) {
          inner.choices++;
        }
        out.add(token);
      }
      case ":" -> {
        if (!inMap) {
          out.add(token);
        } else if (inner.choices > 0) {
          inner.choices--;
          out.add(token);
        } else {
          inner.values++;
          emit(Type.PUNCTUATION, ",", token.getLineNumber());
        }
      }
      case "," -> {
        if (inMap) {
          inner.endEntry(this, token);
        }
        out.add(token);
      }
      default -> out.add(token);
    }
  }

  /** Whether an integer may not fit a long, which is all that Pebble reads. */
  private static boolean isLong(String number) {
    return number.length() > 18 && number.indexOf('.') < 0;
  }

  private static boolean isOpening(Token token) {
    return token.test(Type.PUNCTUATION, "(");
  }

  private boolean isAt(int index, Type type) {
    return index < in.size() && in.get(index).test(type);
  }

  private void emit(Type type, String value, int line) {
    out.add(new Token(type, value, line));
  }

  /** A bracket that is open. */
  private static final class Bracket {
    private final boolean map;
    private int choices;
    private int values;
    private int entries;

    Bracket(boolean map) {
      this.map = map;
    }

    private void endEntry(Tokens tokens, Token at) {
      if (values != 1) {
        throw Failure.of(
            Codes.TEMPLATE_SYNTAX,
            tokens.template,
            at.getLineNumber(),
            "a map entry is not a pair",
            "Write {\"key\": value}.");
      }
      values = 0;
      entries++;
    }
  }
}

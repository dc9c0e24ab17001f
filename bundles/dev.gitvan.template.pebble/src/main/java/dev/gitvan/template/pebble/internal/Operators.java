package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import io.pebbletemplates.pebble.utils.OperatorUtils;
import java.util.Collection;
import java.util.List;

/** Operators that differ from Pebble's in what they take, or in what they may build. */
final class Operators {
  /** Items of a list that a template builds. */
  static final int MAX_ITEMS = 1_000_000;

  private Operators() {}

  /** An operator of two values. */
  abstract static class Binary extends Lowered {
    final Expression<?> left;
    final Expression<?> right;

    Binary(Expression<?> left, Expression<?> right, int line) {
      super(line);
      this.left = left;
      this.right = right;
    }
  }

  /** {@code and} and {@code or}: whatever has a truth. */
  static final class Logic extends Binary {
    private final boolean or;

    Logic(Expression<?> left, Expression<?> right, boolean or, int line) {
      super(left, right, line);
      this.or = or;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      return Values.isTrue(left.evaluate(self, context)) == or
          ? or
          : Values.isTrue(right.evaluate(self, context));
    }
  }

  /** {@code not}. */
  static final class Not extends Lowered {
    private final Expression<?> operand;

    Not(Expression<?> operand, int line) {
      super(line);
      this.operand = operand;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      return !Values.isTrue(operand.evaluate(self, context));
    }
  }

  /** {@code ?:}. */
  static final class Choice extends Lowered {
    private final Expression<?> condition;
    private final Expression<?> first;
    private final Expression<?> second;

    Choice(Expression<?> condition, Expression<?> first, Expression<?> second, int line) {
      super(line);
      this.condition = condition;
      this.first = first;
      this.second = second;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      return (Values.isTrue(condition.evaluate(self, context)) ? first : second)
          .evaluate(self, context);
    }
  }

  /** {@code ==} and {@code !=}. */
  static final class Equality extends Binary {
    private final boolean same;

    Equality(Expression<?> left, Expression<?> right, boolean same, int line) {
      super(left, right, line);
      this.same = same;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      return areEqual(left.evaluate(self, context), right.evaluate(self, context)) == same;
    }
  }

  static boolean areEqual(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Numbers.areEqual(x, y);
    }
    return OperatorUtils.equals(plain(a), plain(b));
  }

  /** The order of two values, and which orders are wanted. */
  enum Order {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(int order) {
      return switch (this) {
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
  }

  /** Numbers by value, strings by their characters, dates by time; with nothing it is false. */
  static final class Comparison extends Binary {
    private final Order order;

    Comparison(Expression<?> left, Expression<?> right, Order order, int line) {
      super(left, right, line);
      this.order = order;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var a = left.evaluate(self, context);
      var b = right.evaluate(self, context);
      return a != null && b != null && order.holds(compare(a, b));
    }
  }

  @SuppressWarnings("unchecked")
  static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Numbers.compare(x, y);
    }
    var x = plain(a);
    var y = plain(b);
    if (x instanceof CharSequence s && y instanceof CharSequence t) {
      return Characters.compare(s, t);
    }
    if (x instanceof Comparable<?> comparable && x.getClass() == y.getClass()) {
      return ((Comparable<Object>) comparable).compareTo(y);
    }
    throw new BadArgument(Values.kind(a) + " and " + Values.kind(b) + " cannot be compared");
  }

  private static Object plain(Object value) {
    return value instanceof SafeString ? value.toString() : value;
  }

  /** {@code ~}. */
  static final class Concatenation extends Binary {
    Concatenation(Expression<?> left, Expression<?> right, int line) {
      super(left, right, line);
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var rendering = RenderContext.of(context).rendering();
      return concatenated(rendering, left.evaluate(self, context), right.evaluate(self, context));
    }
  }

  private static String concatenated(Rendering rendering, Object left, Object right) {
    var a = left == null ? "" : Texts.of(left, rendering);
    var b = right == null ? "" : Texts.of(right, rendering);
    rendering.checkHeld((long) a.length() + b.length());
    return a.concat(b);
  }

  /** {@code +}: numbers are added, strings and lists concatenated. */
  static final class Addition extends Binary {
    Addition(Expression<?> left, Expression<?> right, int line) {
      super(left, right, line);
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var a = left.evaluate(self, context);
      var b = right.evaluate(self, context);
      if (a instanceof Number && b instanceof Number) {
        return Numbers.Operation.ADD.of(a, b);
      }
      if (a instanceof CharSequence
          || b instanceof CharSequence
          || a instanceof SafeString
          || b instanceof SafeString) {
        var rendering = RenderContext.of(context).rendering();
        return concatenated(rendering, a == null ? "null" : a, b == null ? "null" : b);
      }
      if (a instanceof List<?> list) {
        var sum = new Lists.Built();
        sum.addAll(list);
        if (b instanceof Collection<?> more) {
          sum.addAll(more);
        } else {
          sum.add(b);
        }
        return sum;
      }
      return Numbers.Operation.ADD.of(a, b);
    }
  }

  /** {@code -}, {@code *}, {@code /} and {@code %}; of two lists {@code -} is the difference. */
  static final class Arithmetic extends Binary {
    private final Numbers.Operation operation;

    Arithmetic(Expression<?> left, Expression<?> right, Numbers.Operation operation, int line) {
      super(left, right, line);
      this.operation = operation;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var a = left.evaluate(self, context);
      var b = right.evaluate(self, context);
      if (operation == Numbers.Operation.REMAINDER && a instanceof CharSequence) {
        throw new BadArgument(
            "% is the remainder of a division", "Write \"%s\" | format(value) to format text.");
      }
      return a instanceof List<?> && operation == Numbers.Operation.SUBTRACT
          ? OperatorUtils.subtract(a, b)
          : operation.of(a, b);
    }
  }

  /** A sign. */
  static final class Sign extends Lowered {
    private final Expression<?> operand;
    private final boolean minus;

    Sign(Expression<?> operand, boolean minus, int line) {
      super(line);
      this.operand = operand;
      this.minus = minus;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var value = operand.evaluate(self, context);
      return minus ? Numbers.negated(value) : Numbers.Operation.ADD.of(0L, value);
    }
  }

  /** {@code a..b}. */
  static final class Range extends Binary {
    Range(Expression<?> left, Expression<?> right, int line) {
      super(left, right, line);
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      return RangeFunction.range(
          RenderContext.of(context).rendering(),
          left.evaluate(self, context),
          right.evaluate(self, context),
          null,
          "the range",
          self.getName(),
          getLineNumber());
    }
  }
}

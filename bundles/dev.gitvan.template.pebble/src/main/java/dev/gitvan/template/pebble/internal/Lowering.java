package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.TemplateExtension;
import dev.gitvan.template.spi.TemplateExtensions;
import io.pebbletemplates.pebble.extension.ExtensionRegistry;
import io.pebbletemplates.pebble.extension.NamedArguments;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.AutoEscapeNode;
import io.pebbletemplates.pebble.node.BlockNode;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.ExtendsNode;
import io.pebbletemplates.pebble.node.FlushNode;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.IfNode;
import io.pebbletemplates.pebble.node.MacroNode;
import io.pebbletemplates.pebble.node.NamedArgumentNode;
import io.pebbletemplates.pebble.node.ParallelNode;
import io.pebbletemplates.pebble.node.PositionalArgumentNode;
import io.pebbletemplates.pebble.node.PrintNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.SetNode;
import io.pebbletemplates.pebble.node.TestInvocationExpression;
import io.pebbletemplates.pebble.node.TextNode;
import io.pebbletemplates.pebble.node.expression.AddExpression;
import io.pebbletemplates.pebble.node.expression.AndExpression;
import io.pebbletemplates.pebble.node.expression.ArrayExpression;
import io.pebbletemplates.pebble.node.expression.BinaryExpression;
import io.pebbletemplates.pebble.node.expression.BlockFunctionExpression;
import io.pebbletemplates.pebble.node.expression.ConcatenateExpression;
import io.pebbletemplates.pebble.node.expression.ContextVariableExpression;
import io.pebbletemplates.pebble.node.expression.DivideExpression;
import io.pebbletemplates.pebble.node.expression.EqualsExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.FilterExpression;
import io.pebbletemplates.pebble.node.expression.FilterInvocationExpression;
import io.pebbletemplates.pebble.node.expression.FunctionOrMacroInvocationExpression;
import io.pebbletemplates.pebble.node.expression.GetAttributeExpression;
import io.pebbletemplates.pebble.node.expression.GreaterThanEqualsExpression;
import io.pebbletemplates.pebble.node.expression.GreaterThanExpression;
import io.pebbletemplates.pebble.node.expression.LessThanEqualsExpression;
import io.pebbletemplates.pebble.node.expression.LessThanExpression;
import io.pebbletemplates.pebble.node.expression.LiteralStringExpression;
import io.pebbletemplates.pebble.node.expression.ModulusExpression;
import io.pebbletemplates.pebble.node.expression.MultiplyExpression;
import io.pebbletemplates.pebble.node.expression.NotEqualsExpression;
import io.pebbletemplates.pebble.node.expression.OrExpression;
import io.pebbletemplates.pebble.node.expression.ParentFunctionExpression;
import io.pebbletemplates.pebble.node.expression.PositiveTestExpression;
import io.pebbletemplates.pebble.node.expression.RangeExpression;
import io.pebbletemplates.pebble.node.expression.RenderableNodeExpression;
import io.pebbletemplates.pebble.node.expression.SubtractExpression;
import io.pebbletemplates.pebble.node.expression.TernaryExpression;
import io.pebbletemplates.pebble.node.expression.UnaryExpression;
import io.pebbletemplates.pebble.node.expression.UnaryMinusExpression;
import io.pebbletemplates.pebble.node.expression.UnaryNotExpression;
import io.pebbletemplates.pebble.node.expression.UnaryPlusExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Puts our own nodes in the place of Pebble's, once a template is parsed: they are bounded, can be
 * interrupted and know where they are. Notes which templates are named by a fixed name. Equal names
 * are made the same text, which is the fastest to compare.
 */
final class Lowering {
  private static final Optional<TemplateExtension> NONE = Optional.empty();

  private final ExtensionRegistry registry;
  private final TemplateExtensions extensions;
  private final Set<String> filters;
  private final Set<String> tests;
  private final String template;
  private final Consumer<GitVanException> problems;
  private final Map<String, Integer> references = new LinkedHashMap<>();
  private final Map<String, Integer> calls = new LinkedHashMap<>();

  /**
   * @param extensions filters that bundles contribute
   * @param filters names of Pebble's own filters, for suggestions
   * @param tests names of all tests
   * @param template its name
   * @param problems takes what is wrong; if it throws nothing, what cannot be lowered stays as it
   *     is
   */
  Lowering(
      ExtensionRegistry registry,
      TemplateExtensions extensions,
      Set<String> filters,
      Set<String> tests,
      String template,
      Consumer<GitVanException> problems) {
    this.registry = registry;
    this.extensions = extensions;
    this.filters = filters;
    this.tests = tests;
    this.template = template;
    this.problems = problems;
  }

  /** References to other templates, as they are written, with the line of the first. */
  Map<String, Integer> references() {
    return references;
  }

  /** Names that are called and are no functions, with the line of the first call. */
  Map<String, Integer> calls() {
    return calls;
  }

  /** Lowers what a body has, in place. */
  BodyNode body(BodyNode body) {
    var children = body.getChildren();
    for (int i = 0; i < children.size(); i++) {
      children.set(i, statement(children.get(i)));
    }
    return body;
  }

  /** Lowers what a body has that nothing of Pebble's holds. */
  private RenderableNode block(BodyNode body) {
    var children = body(body).getChildren();
    return children.size() == 1 ? children.get(0) : new Statements.Block(children, body);
  }

  private RenderableNode statement(RenderableNode node) {
    if (node instanceof TextNode) {
      return node;
    }
    if (node instanceof PrintNode print) {
      return print(expression(print.getExpression()), print.getLineNumber());
    }
    if (node instanceof IfNode branches) {
      return branches(branches);
    }
    if (node instanceof ForNode loop) {
      return new Loop(
          loop.getIterationVariable().intern(),
          expression(loop.getIterable()),
          block(loop.getBody()),
          loop.getElseBody() == null ? null : block(loop.getElseBody()),
          loop.getLineNumber());
    }
    if (node instanceof SetNode set) {
      return new Statements.Assignment(
          set.getName().intern(), expression(set.getValue()), set.getLineNumber());
    }
    if (node instanceof BlockNode block) {
      body(block.getBody());
      return block;
    }
    if (node instanceof MacroNode macro) {
      arguments(macro.getArgs());
      body(macro.getBody());
      return macro;
    }
    if (node instanceof AutoEscapeNode escape) {
      body(escape.getBody());
      return escape;
    }
    if (node instanceof ParallelNode parallel) {
      return block(parallel.getBody());
    }
    if (node instanceof FlushNode flush) {
      return new TextNode("", flush.getLineNumber());
    }
    if (node instanceof BodyNode nested) {
      return block(nested);
    }
    return naming(node);
  }

  /** Statements that name other templates. */
  private RenderableNode naming(RenderableNode node) {
    if (node instanceof Tags.Include include) {
      include.name = reference(include.name, include.getLineNumber());
      include.variables = include.variables == null ? null : expression(include.variables);
      return include;
    }
    if (node instanceof Tags.Import all) {
      all.name = reference(all.name, all.getLineNumber());
      return all;
    }
    if (node instanceof Tags.From from) {
      from.name = reference(from.name, from.getLineNumber());
      return from;
    }
    if (node instanceof ExtendsNode parent) {
      return new Tags.Extends(
          parent, reference(parent.getParentExpression(), parent.getLineNumber()));
    }
    return node;
  }

  private Expression<?> reference(Expression<?> name, int line) {
    if (name instanceof LiteralStringExpression literal) {
      references.putIfAbsent(text(literal), line);
    }
    return expression(name);
  }

  private static RenderableNode print(Expression<?> expression, int line) {
    return expression instanceof Lowered.Streaming streaming
        ? new Statements.Stream(streaming, line)
        : new Statements.Print(expression, line);
  }

  private RenderableNode branches(IfNode node) {
    var conditions = new ArrayList<Expression<?>>();
    var bodies = new ArrayList<RenderableNode>();
    for (var branch : node.getConditionsWithBodies()) {
      conditions.add(expression(branch.getLeft()));
      bodies.add(block(branch.getRight()));
    }
    if (node.getElseBody() != null) {
      bodies.add(block(node.getElseBody()));
    }
    return new Statements.Branches(conditions, bodies, node.getLineNumber());
  }

  /** Lowers an expression. */
  Expression<?> expression(Expression<?> node) {
    int line = node.getLineNumber();
    if (node instanceof ContextVariableExpression variable) {
      return new Variable(variable.getName().intern(), line);
    }
    if (node instanceof GetAttributeExpression attribute) {
      return attribute(attribute, line);
    }
    if (node instanceof FilterExpression filter) {
      return filter(filter, line);
    }
    if (node instanceof BinaryExpression<?> binary) {
      return binary(binary, line);
    }
    if (node instanceof UnaryExpression unary) {
      return unary(unary, line);
    }
    if (node instanceof TernaryExpression choice) {
      return new Operators.Choice(
          expression(choice.getExpression1()),
          expression(choice.getExpression2()),
          expression(choice.getExpression3()),
          line);
    }
    if (node instanceof FunctionOrMacroInvocationExpression call) {
      return call(call, line);
    }
    if (node instanceof BlockFunctionExpression block) {
      return new Calls.BlockCall(expression(block.getBlockNameExpression()), line);
    }
    if (node instanceof ParentFunctionExpression parent) {
      return new Calls.ParentCall(parent.getBlockName(), line);
    }
    if (node instanceof ArrayExpression list) {
      return new Calls.ListLiteral(expressions(list.getValues()), line);
    }
    return node;
  }

  private List<Expression<?>> expressions(List<Expression<?>> nodes) {
    var lowered = new ArrayList<Expression<?>>(nodes.size());
    nodes.forEach(node -> lowered.add(expression(node)));
    return lowered;
  }

  private Expression<?> attribute(GetAttributeExpression node, int line) {
    var key = node.getAttributeNameExpression();
    return new Attribute(
        expression(node.getNode()),
        expression(key),
        key instanceof LiteralStringExpression literal ? text(literal).intern() : null,
        node.getArgumentsNode() == null ? null : arguments(node.getArgumentsNode()),
        line);
  }

  private Expression<?> filter(FilterExpression node, int line) {
    var call = (FilterInvocationExpression) node.getRightExpression();
    var filter = registry.getFilter(call.getFilterName());
    var contributed = filter == null ? extensions.filter(call.getFilterName()) : NONE;
    if (contributed.isPresent()) {
      contributed
          .get()
          .check(
              Failure.place(template, line),
              size(call.getArgs().getPositionalArgs()),
              names(call.getArgs().getNamedArgs()))
          .ifPresent(problem -> problems.accept(problem.toException()));
      return new Calls.ContributedFilter(
          expression(node.getLeftExpression()),
          call.getFilterName(),
          arguments(call.getArgs()),
          line);
    }
    if (filter == null) {
      var all = new TreeSet<>(filters);
      all.addAll(extensions.filterNames());
      unknown(ForeignNames.FILTER, "filter", call.getFilterName(), all, call.getLineNumber());
      expression(node.getLeftExpression());
      arguments(call.getArgs());
      return node;
    }
    check("filter " + call.getFilterName(), filter, call.getArgs(), line);
    return new Calls.Filtered(
        expression(node.getLeftExpression()),
        call.getFilterName(),
        filter,
        arguments(call.getArgs()),
        line);
  }

  private static int size(List<?> list) {
    return list == null ? 0 : list.size();
  }

  private static List<String> names(List<NamedArgumentNode> arguments) {
    return arguments == null
        ? List.of()
        : arguments.stream().map(NamedArgumentNode::getName).toList();
  }

  private Expression<?> binary(BinaryExpression<?> node, int line) {
    var left = expression(node.getLeftExpression());
    if (node instanceof PositiveTestExpression) {
      var call = (TestInvocationExpression) node.getRightExpression();
      var test = registry.getTest(call.getTestName());
      if (test == null) {
        unknown(ForeignNames.TEST, "test", call.getTestName(), tests, line);
      } else {
        check("test " + call.getTestName(), test, call.getArgs(), line);
      }
      arguments(call.getArgs());
      node.setLeft(left);
      return node;
    }
    var right = expression(node.getRightExpression());
    if (node instanceof AndExpression || node instanceof OrExpression) {
      return new Operators.Logic(left, right, node instanceof OrExpression, line);
    }
    if (node instanceof EqualsExpression || node instanceof NotEqualsExpression) {
      return new Operators.Equality(left, right, node instanceof EqualsExpression, line);
    }
    if (node instanceof ConcatenateExpression) {
      return new Operators.Concatenation(left, right, line);
    }
    if (node instanceof AddExpression) {
      return new Operators.Addition(left, right, line);
    }
    var operation = operation(node);
    if (operation != null) {
      return new Operators.Arithmetic(left, right, operation, line);
    }
    if (node instanceof RangeExpression) {
      return new Operators.Range(left, right, line);
    }
    var order = order(node);
    if (order != null) {
      return new Operators.Comparison(left, right, order, line);
    }
    node.setLeft(left);
    node.setRight(right);
    return node;
  }

  private static Numbers.Operation operation(BinaryExpression<?> node) {
    if (node instanceof SubtractExpression) {
      return Numbers.Operation.SUBTRACT;
    }
    if (node instanceof MultiplyExpression) {
      return Numbers.Operation.MULTIPLY;
    }
    if (node instanceof DivideExpression) {
      return Numbers.Operation.DIVIDE;
    }
    return node instanceof ModulusExpression ? Numbers.Operation.REMAINDER : null;
  }

  private static Operators.Order order(BinaryExpression<?> node) {
    if (node instanceof LessThanExpression) {
      return Operators.Order.LESS;
    }
    if (node instanceof LessThanEqualsExpression) {
      return Operators.Order.LESS_OR_EQUAL;
    }
    if (node instanceof GreaterThanExpression) {
      return Operators.Order.GREATER;
    }
    return node instanceof GreaterThanEqualsExpression ? Operators.Order.GREATER_OR_EQUAL : null;
  }

  private Expression<?> unary(UnaryExpression node, int line) {
    if (node instanceof RenderableNodeExpression enclosed) {
      var body = enclosed.getNode();
      return new Calls.Enclosed(
          body instanceof BodyNode nodes ? block(nodes) : statement(body), line);
    }
    var operand = expression(node.getChildExpression());
    if (node instanceof UnaryNotExpression) {
      return new Operators.Not(operand, line);
    }
    if (node instanceof UnaryMinusExpression || node instanceof UnaryPlusExpression) {
      return new Operators.Sign(operand, node instanceof UnaryMinusExpression, line);
    }
    node.setChildExpression(operand);
    return node;
  }

  private Expression<?> call(FunctionOrMacroInvocationExpression node, int line) {
    if (node.getFunctionName().equals(Calls.IntegerLiteral.FUNCTION)) {
      var digits = node.getArguments().getPositionalArgs().get(0).getValueExpression();
      return integer(text((LiteralStringExpression) digits), line);
    }
    var arguments = arguments(node.getArguments());
    if (node.getFunctionName().equals(Calls.MapLiteral.FUNCTION)) {
      var parts = new ArrayList<Expression<?>>();
      arguments.getPositionalArgs().forEach(a -> parts.add(a.getValueExpression()));
      return new Calls.MapLiteral(parts, line);
    }
    var function = registry.getFunction(node.getFunctionName());
    if (function != null) {
      check("function " + node.getFunctionName(), function, arguments, line);
      return node;
    }
    calls.putIfAbsent(node.getFunctionName(), line);
    return new Calls.MacroCall(node.getFunctionName(), arguments, line);
  }

  private Expression<?> integer(String digits, int line) {
    try {
      return new Calls.IntegerLiteral(digits, line);
    } catch (BadArgument e) {
      throw Failure.of(
          Codes.TEMPLATE_SYNTAX, template, line, e.getMessage(), "Write a shorter number.");
    }
  }

  /** Arguments that nothing takes. */
  private void check(String what, NamedArguments taker, ArgumentsNode arguments, int line) {
    new Signature(what, taker).check(arguments, (wrong, remedy) -> problem(line, wrong, remedy));
  }

  private void problem(int line, String what, String remedy) {
    problems.accept(Failure.of(Codes.TEMPLATE_SYNTAX, template, line, what, remedy));
  }

  private ArgumentsNode arguments(ArgumentsNode arguments) {
    if (arguments.getPositionalArgs() != null) {
      arguments
          .getPositionalArgs()
          .replaceAll(a -> new PositionalArgumentNode(expression(a.getValueExpression())));
    }
    if (arguments.getNamedArgs() != null) {
      arguments
          .getNamedArgs()
          .replaceAll(
              a ->
                  a.getValueExpression() == null
                      ? a
                      : new NamedArgumentNode(a.getName(), expression(a.getValueExpression())));
    }
    return arguments;
  }

  private static String text(LiteralStringExpression literal) {
    return literal.evaluate(null, null);
  }

  private void unknown(ForeignNames names, String what, String name, Set<String> known, int line) {
    problem(
        line,
        "there is no " + what + " " + name,
        Dialect.REFUSED.getOrDefault(
            name, names.remedy(name, known, "The documentation lists the available ones.")));
  }
}

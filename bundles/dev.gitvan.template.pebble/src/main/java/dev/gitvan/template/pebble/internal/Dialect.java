package dev.gitvan.template.pebble.internal;

import dev.gitvan.document.Documents;
import io.pebbletemplates.pebble.attributes.AttributeResolver;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Extension;
import io.pebbletemplates.pebble.extension.ExtensionCustomizer;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.Test;
import io.pebbletemplates.pebble.extension.core.CoreExtension;
import io.pebbletemplates.pebble.extension.escaper.EscaperExtension;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What our templates have beside, and in place of, what Pebble brings. */
final class Dialect extends AbstractExtension {
  /** Filters of other engines that there will not be, and why. */
  static final Map<String, String> REFUSED =
      Map.of("random", "The same data gives the same output: use first, last or slice.");

  private final Map<String, Filter> filters = new HashMap<>();
  private final Map<String, Test> tests = new HashMap<>();
  private final Set<String> filterNames = new TreeSet<>();
  private final Set<String> testNames = new TreeSet<>();

  Dialect(Documents documents) {
    TextFilters.addTo(filters);
    ListFilters.addTo(filters);
    DataFilters.addTo(filters, documents);
    WebFilters.addTo(filters);
    Tests.addTo(tests);
    for (var part : List.of(this, new CoreExtension(), new EscaperExtension())) {
      filterNames.addAll(part.getFilters().keySet());
      if (part.getTests() != null) {
        testNames.addAll(part.getTests().keySet());
      }
    }
  }

  Set<String> filterNames() {
    return filterNames;
  }

  /** Names that no other filter can have: those that there are, and those that are refused. */
  Set<String> reservedFilters() {
    var reserved = new TreeSet<>(filterNames);
    reserved.addAll(REFUSED.keySet());
    reserved.addAll(words());
    return reserved;
  }

  /** Names that no other function can have. */
  Set<String> reservedFunctions() {
    var reserved = new TreeSet<>(words());
    reserved.addAll(getFunctions().keySet());
    reserved.addAll(new CoreExtension().getFunctions().keySet());
    reserved.addAll(Set.of("block", "parent", "not", "true", "false", "null", "none"));
    return reserved;
  }

  /** Operators that are words. */
  private static Set<String> words() {
    var words = new TreeSet<String>();
    new CoreExtension().getBinaryOperators().forEach(operator -> words.add(operator.getSymbol()));
    new CoreExtension().getUnaryOperators().forEach(operator -> words.add(operator.getSymbol()));
    return words;
  }

  Set<String> testNames() {
    return testNames;
  }

  @Override
  public Map<String, Filter> getFilters() {
    return filters;
  }

  @Override
  public Map<String, Test> getTests() {
    return tests;
  }

  @Override
  public Map<String, Function> getFunctions() {
    return Map.of(
        "range", new RangeFunction(),
        "max", new Extreme(1),
        "min", new Extreme(-1));
  }

  @Override
  public List<TokenParser> getTokenParsers() {
    return List.of(
        new MacroTag(),
        new Tags.IncludeTag(),
        new Tags.ImportTag(),
        new Tags.FromTag(),
        new Tags.Refused(
            "cache", "{% cache %} is not supported: an output depends on its own data only"),
        new Tags.Refused("embed", "{% embed %} is not supported: use include or extends"));
  }

  @Override
  public List<AttributeResolver> getAttributeResolver() {
    return List.of(new MembersResolver());
  }

  /**
   * {@code max(a, b, ...)} and {@code min(a, b, ...)}.
   *
   * @param sign of the comparison with all others
   */
  private record Extreme(int sign) implements Function {
    /** None has a name: Pebble then numbers as many as are given. */
    @Override
    public List<String> getArgumentNames() {
      return List.of();
    }

    @Override
    public Object execute(
        Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
      return ListFilters.extreme(arguments.values(), sign);
    }
  }

  /** A part of Pebble's own, without what reads the class path. */
  static final class Part extends ExtensionCustomizer {
    Part(Extension extension) {
      super(extension);
    }

    @Override
    public Map<String, Function> getFunctions() {
      var functions = super.getFunctions();
      if (functions == null) {
        return null;
      }
      var allowed = new HashMap<>(functions);
      allowed.remove("i18n");
      return allowed;
    }
  }
}

package dev.gitvan.testkit;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.spi.Arguments;
import dev.gitvan.template.spi.TemplateExtension;
import dev.gitvan.template.spi.TemplateExtensions;
import dev.gitvan.template.spi.TemplateFilter;
import dev.gitvan.template.spi.TemplateFunction;
import dev.gitvan.template.spi.TemplateLoader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Editable templates in memory. References are plain names, without relative paths. */
public final class MemoryTemplates implements TemplateLoader {
  private final Map<String, Source> sources = new ConcurrentHashMap<>();
  private final Map<Key, Object> compiled = new ConcurrentHashMap<>();
  private final Map<String, TemplateExtension> filters = new ConcurrentHashMap<>();
  private final Map<String, TemplateExtension> functions = new ConcurrentHashMap<>();
  private final ThreadLocal<Set<String>> observed = new ThreadLocal<>();
  private final AtomicInteger edits = new AtomicInteger();
  private final AtomicInteger loads = new AtomicInteger();

  private record Key(String name, String version, Class<?> type) {}

  /** Writes a template. */
  public MemoryTemplates put(String name, String text) {
    sources.put(name, new Source(name, text, "edit " + edits.incrementAndGet()));
    return this;
  }

  /**
   * Writes a template whose body does not begin at the first line of its file.
   *
   * @param firstLine see {@link Source#firstLine}
   */
  public MemoryTemplates put(String name, String text, int firstLine) {
    var edit = "edit " + edits.incrementAndGet();
    sources.put(name, new Source(name, text, edit, firstLine));
    return this;
  }

  /** Contributes a filter that takes no arguments. */
  public MemoryTemplates filter(String name, TemplateFilter filter) {
    filters.put(name, new Called(input -> filter.apply(input, Arguments.NONE)));
    return this;
  }

  /** Contributes a function that takes no arguments. */
  public MemoryTemplates function(String name, TemplateFunction function) {
    functions.put(name, new Called(input -> function.call(Arguments.NONE)));
    return this;
  }

  /** Removes a filter. */
  public void removeFilter(String name) {
    filters.remove(name);
  }

  /** Removes a template. */
  public void remove(String name) {
    sources.remove(name);
  }

  /** Removes all compiled templates. */
  public void forget() {
    compiled.clear();
  }

  /** The number of requests for a template. */
  public int loads() {
    return loads.get();
  }

  /** The names that an action loads on this thread. */
  public Set<String> loadedBy(Runnable action) {
    var names = new TreeSet<String>();
    observed.set(names);
    try {
      action.run();
    } finally {
      observed.remove();
    }
    return names;
  }

  @Override
  public Source load(String name) {
    loads.incrementAndGet();
    var observing = observed.get();
    if (observing != null) {
      observing.add(name);
    }
    if (name.startsWith("/") || name.startsWith("..")) {
      throw GitVanException.of(
          Codes.TEMPLATE_OUTSIDE_ROOT, name, "it is outside the template roots", "Move it.");
    }
    var source = sources.get(name);
    if (source == null) {
      throw GitVanException.of(Codes.TEMPLATE_NOT_FOUND, name, "there is no such template", "");
    }
    return source;
  }

  @Override
  public String resolve(String reference, String from) {
    return reference.startsWith("./") ? reference.substring(2) : reference;
  }

  @Override
  public <T> T compiled(Source source, Class<T> type, Supplier<T> compile) {
    var key = new Key(source.name(), source.version(), type);
    var known = compiled.get(key);
    if (known == null) {
      // Not atomically: what is compiled may fail, and the map would be locked meanwhile.
      var made = compile.get();
      known = compiled.putIfAbsent(key, made);
      known = known == null ? made : known;
    }
    return type.cast(known);
  }

  @Override
  public TemplateExtensions extensions() {
    return new TemplateExtensions() {
      @Override
      public Optional<TemplateExtension> filter(String name) {
        return Optional.ofNullable(filters.get(name));
      }

      @Override
      public Optional<TemplateExtension> function(String name) {
        return Optional.ofNullable(functions.get(name));
      }

      @Override
      public Set<String> filterNames() {
        return filters.keySet();
      }

      @Override
      public Set<String> functionNames() {
        return functions.keySet();
      }
    };
  }

  /** What a filter or function does with its input. */
  private interface Body {
    Object of(Object input) throws Exception;
  }

  /** A filter or function, whose failures have the place of the call, as from the host. */
  private record Called(Body body) implements TemplateExtension {
    @Override
    public Optional<Problem> check(String place, int positional, Collection<String> named) {
      return positional + named.size() == 0
          ? Optional.empty()
          : Optional.of(new Problem(Codes.TEMPLATE_SYNTAX, place, "it takes no arguments", ""));
    }

    @Override
    public Object call(String place, Object input, List<?> positional, Map<String, ?> named) {
      try {
        return body.of(input);
      } catch (Exception e) {
        throw new Problem(Codes.TEMPLATE_FAILED, place, String.valueOf(e.getMessage()), "")
            .toException(e);
      }
    }
  }
}

package dev.gitvan.testkit;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.TemplateLoader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Templates in memory, which can be edited. References are names, whatever they begin with. */
public final class MemoryTemplates implements TemplateLoader {
  private final Map<String, Source> sources = new ConcurrentHashMap<>();
  private final AtomicInteger edits = new AtomicInteger();
  private final AtomicInteger loads = new AtomicInteger();

  /** Writes a template. */
  public MemoryTemplates put(String name, String text) {
    sources.put(name, new Source(name, text, "edit " + edits.incrementAndGet()));
    return this;
  }

  /** Removes a template. */
  public void remove(String name) {
    sources.remove(name);
  }

  /** How often a template was asked for. */
  public int loads() {
    return loads.get();
  }

  @Override
  public Source load(String name) {
    loads.incrementAndGet();
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
}

package dev.gitvan.template.pebble.internal;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateExtensions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * One rendering: which templates it sees, how deep it is, and how much it may hold. It sees each
 * template as it was at the first use, whatever happens to the files meanwhile. For one thread.
 */
final class Rendering {
  /** Text that a template may hold in memory at once, in one value or one captured output. */
  private static final long MAX_HELD = 8 << 20;

  private static final int SHOWN = 4;

  /** Rounds that a call counts as: before it is compiled it takes that many times as long. */
  private static final int CALL = 16;

  private final EngineOptions options;
  private final TemplateExtensions extensions;
  private final Scopes scopes;
  private final Function<String, Map<String, Template>> linker;
  private final long maxHeld;
  private long rounds;
  private final List<String> chain = new ArrayList<>();
  private Map<String, Template> templates;
  private boolean ownTemplates;
  private Map<Template, Map<String, MacroReference>> imported;
  private String template;
  private int line;

  /**
   * @param extensions filters and functions that bundles contribute
   * @param templates those that are linked statically, by name
   * @param linker finds any other, with all that it names
   */
  Rendering(
      EngineOptions options,
      TemplateExtensions extensions,
      Template root,
      Map<String, Template> templates,
      Function<String, Map<String, Template>> linker,
      Scopes scopes) {
    this.options = options;
    this.extensions = extensions;
    this.templates = templates;
    this.linker = linker;
    this.scopes = scopes;
    this.maxHeld = Math.min(options.maxOutput(), MAX_HELD);
    this.template = root.getName();
    chain.add(template);
  }

  /** A macro under the name that {@code from ... import} gave it. */
  record MacroReference(Template template, String name) {}

  EngineOptions options() {
    return options;
  }

  TemplateExtensions extensions() {
    return extensions;
  }

  Scopes scopes() {
    return scopes;
  }

  /** The template of a name. */
  Template template(String name) {
    var known = templates.get(name);
    if (known != null) {
      return known;
    }
    var linked = linker.apply(name);
    if (!ownTemplates) {
      templates = new HashMap<>(templates);
      ownTemplates = true;
    }
    linked.forEach(templates::putIfAbsent);
    return templates.get(name);
  }

  void importMacro(Template into, String alias, MacroReference macro) {
    if (imported == null) {
      imported = new IdentityHashMap<>();
    }
    imported.computeIfAbsent(into, t -> new HashMap<>()).put(alias, macro);
  }

  /** Null when there is none. */
  MacroReference importedMacro(Template into, String alias) {
    var macros = imported == null ? null : imported.get(into);
    return macros == null ? null : macros.get(alias);
  }

  /** Remembers where the rendering is, for failures that do not know. */
  void at(Template where, int line) {
    this.template = where.getName();
    this.line = line;
  }

  /** Goes one level deeper. Not left when something fails: the chain then shows the way there. */
  void enter(String what, Template from, int fromLine) {
    rounds += CALL - 1;
    round();
    if (chain.size() > options.maxDepth()) {
      throw tooDeep(from.getName(), fromLine);
    }
    chain.add(what);
  }

  void leave() {
    chain.remove(chain.size() - 1);
  }

  /** For a stack that ended before the limit did. */
  GitVanException tooDeep() {
    return tooDeep(template, line);
  }

  private GitVanException tooDeep(String where, int at) {
    var shown = new ArrayList<>(chain.subList(0, Math.min(chain.size(), SHOWN)));
    if (chain.size() > SHOWN) {
      shown.add("...");
    }
    return Failure.of(
        Codes.TEMPLATE_DEPTH,
        where,
        at,
        chain.size() > options.maxDepth()
            ? "templates are nested over "
                + options.maxDepth()
                + " deep, the limit: "
                + String.join(" > ", shown)
            : "the template is nested too deeply: " + String.join(" > ", shown),
        "Break the cycle or reduce the nesting.");
  }

  /** Begins a loop's round. */
  void round() {
    checkInterrupted();
    if (++rounds > options.maxRounds()) {
      throw Failure.of(
          Codes.TEMPLATE_RANGE_LIMIT,
          template,
          line,
          String.format(
              Locale.ROOT,
              "loops and macros have iterated over %,d times without output, the limit;"
                  + " a call counts as %d",
              options.maxRounds(),
              CALL),
          "Use fewer iterations or raise templates.max-range.");
    }
  }

  /** Something was written: what goes round and writes is bounded by that. */
  void wrote() {
    checkInterrupted();
    rounds = 0;
  }

  void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw Failure.of(Codes.INTERRUPTED, template, line, "rendering was interrupted", "");
    }
  }

  void checkOutput(long written) {
    if (written > options.maxOutput()) {
      throw Failure.of(
          Codes.TEMPLATE_OUTPUT_LIMIT,
          template,
          line,
          "the output is over " + Quantities.format(options.maxOutput()) + ", the limit",
          "Reduce the output or raise templates.max-output.");
    }
  }

  /** Whether a string of that length may be held. */
  void checkHeld(long length) {
    if (length > maxHeld) {
      throw Failure.of(
          Codes.TEMPLATE_OUTPUT_LIMIT,
          template,
          line,
          "a value of over " + Quantities.format(maxHeld) + ", the limit for a value in memory",
          maxHeld == options.maxOutput()
              ? "Use a smaller value or raise templates.max-output."
              : "Print it piece by piece instead of building it in memory.");
    }
  }
}

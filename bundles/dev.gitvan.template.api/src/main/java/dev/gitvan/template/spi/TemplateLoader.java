package dev.gitvan.template.spi;

import java.util.function.Supplier;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads templates by name from within the template roots. Safe for any thread. */
@ConsumerType
public interface TemplateLoader {
  /**
   * The template of a name as it is now.
   *
   * @param name path below a template root, with {@code /}
   * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_NOT_FOUND}, {@code
   *     TEMPLATE_OUTSIDE_ROOT}, {@code CONFIG_ENCODING}, {@code ACCESS_DENIED}
   */
  Source load(String name);

  /**
   * The name that a relative reference means.
   *
   * @param reference as written in the template, relative to its own folder when it begins with
   *     {@code ./} or {@code ../}, else to the roots
   * @param from the name of the template that has it
   */
  String resolve(String reference, String from);

  /**
   * What an engine made of a source, if it is still kept, else what it makes of it now. An engine
   * keeps nothing itself: this is bounded, counted, and empty once the engine's bundle has gone.
   *
   * @param source of {@link #load} or {@link #text}
   * @param type of what is made; there is one of each type for a source
   * @param compile makes it of the source alone, on this thread; it may not call this method
   * @throws dev.gitvan.diagnostics.GitVanException what {@code compile} threw; then nothing is kept
   */
  default <T> T compiled(Source source, Class<T> type, Supplier<T> compile) {
    return compile.get();
  }

  /** The filters and functions that bundles contribute. */
  default TemplateExtensions extensions() {
    return TemplateExtensions.NONE;
  }

  /** A source of an inline template. */
  default Source text(String name, String text) {
    return new Source(name, text, text);
  }

  /**
   * A template's text, without its front matter.
   *
   * @param version changes when the file does; cheap to compare
   * @param firstLine the line of the file in which the text begins, from 1: errors count from there
   */
  record Source(String name, String text, String version, int firstLine) {
    /** A source without front matter. */
    public Source(String name, String text, String version) {
      this(name, text, version, 1);
    }
  }
}

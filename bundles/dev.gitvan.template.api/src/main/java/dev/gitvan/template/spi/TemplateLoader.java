package dev.gitvan.template.spi;

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
   * A template's text.
   *
   * @param version changes when the text does; cheap to compare
   */
  record Source(String name, String text, String version) {}
}

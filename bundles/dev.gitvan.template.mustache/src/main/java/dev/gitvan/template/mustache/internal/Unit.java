package dev.gitvan.template.mustache.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.CompiledTemplate;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * A template with all those that it names, each in one version, so that a rendering never sees half
 * of an edit. Immutable.
 */
final class Unit implements CompiledTemplate {
  private final MustacheSession session;
  private final ParsedTemplate root;
  private final Map<String, ParsedTemplate> templates;
  private final List<Part> parts;

  /**
   * @param templates by name
   * @param parts the files that the root names, and that those name
   */
  Unit(
      MustacheSession session,
      ParsedTemplate root,
      Map<String, ParsedTemplate> templates,
      List<Part> parts) {
    this.session = session;
    this.root = root;
    this.templates = templates;
    this.parts = List.copyOf(parts);
  }

  /** A file and what was made of it. */
  record Part(String name, ParsedTemplate parsed) {}

  /** Whether it is a session's, and every part is what would be linked now. */
  boolean isCurrent(MustacheSession user) {
    if (session != user) {
      return false;
    }
    for (var part : parts) {
      if (user.file(part.name()) != part.parsed()) {
        return false;
      }
    }
    return true;
  }

  /** The template that a partial of another means. */
  ParsedTemplate partial(String reference, String from) {
    return templates.get(session.nameOf(reference, from));
  }

  @Override
  public void render(Map<String, ?> data, Writer out) throws IOException {
    var rendering =
        new Rendering(this, root.name(), session.options(), session.extensions(), data, out);
    try {
      rendering.run(root);
    } catch (StackOverflowError e) {
      throw GitVanException.of(
          Codes.TEMPLATE_DEPTH,
          root.name(),
          "the template is nested too deeply",
          "Reduce the nesting.");
    }
    rendering.finish();
  }
}

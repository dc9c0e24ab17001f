package dev.gitvan.template.internal;

import dev.gitvan.template.spi.TemplateEngine;

/**
 * One use of an engine's session by one thread: each template is checked once in it, and so is seen
 * in one state. Closing it ends the use.
 */
final class Rendering implements AutoCloseable {
  private final OpenSession open;

  /**
   * @param open begun
   */
  Rendering(OpenSession open) {
    this.open = open;
    loader().begin();
  }

  InstalledEngine engine() {
    return open.engine();
  }

  TemplateEngine.Session session() {
    return open.session();
  }

  FileTemplateLoader loader() {
    return open.loader();
  }

  @Override
  public void close() {
    loader().end();
    open.end();
  }
}

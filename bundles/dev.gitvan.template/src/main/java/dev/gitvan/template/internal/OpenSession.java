package dev.gitvan.template.internal;

import dev.gitvan.template.spi.TemplateEngine;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine's session, kept with the engine's service object until the last rendering that began
 * with it has ended.
 */
final class OpenSession {
  private final InstalledEngine engine;
  private final TemplateEngine object;
  private final TemplateEngine.Session session;
  private final FileTemplateLoader loader;

  /** The current renderings, and one for the cache that keeps it. */
  private final AtomicInteger users = new AtomicInteger(1);

  /** The engine was removed or replaced since it was found, or cannot be activated. */
  static final class EngineGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineGoneException() {
      super(null, null, false, false);
    }
  }

  /**
   * @param calls for an engine that does not guarantee that it ends
   */
  OpenSession(
      InstalledEngine engine, SessionKey key, FileTemplateLoader loader, AbandonableCalls calls) {
    this.engine = engine;
    this.loader = loader;
    this.object = engine.take();
    if (object == null) {
      throw new EngineGoneException();
    }
    var opened = object.open(key.options(), loader);
    this.session = engine.ends() ? opened : new GuardedSession(opened, calls);
  }

  InstalledEngine engine() {
    return engine;
  }

  TemplateEngine.Session session() {
    return session;
  }

  FileTemplateLoader loader() {
    return loader;
  }

  /** Begins to use it; false when it has been closed. */
  boolean begin() {
    while (true) {
      int now = users.get();
      if (now == 0) {
        return false;
      }
      if (users.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  /** Ends what {@link #begin} began; the last one closes it. */
  void end() {
    if (users.decrementAndGet() == 0) {
      try {
        session.close();
      } finally {
        engine.giveBack(object);
      }
    }
  }
}

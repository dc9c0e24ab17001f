package dev.gitvan.template.internal;

import dev.gitvan.metrics.Recorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The sessions that were used last, at most {@value #MAX}. Sessions are opened and closed outside
 * the lock. Safe for any thread.
 */
final class Sessions {
  private static final int MAX = 64;

  private final Recorder compiling;
  private final Debug debug;
  private final UnaryOperator<Runnable> carrier;
  private final AbandonableCalls.Limits limits;

  private final Map<SessionKey, OpenSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param carrier makes work on another thread part of the caller's run
   * @param limits of engines that do not guarantee that they end
   */
  Sessions(
      Recorder compiling,
      Debug debug,
      UnaryOperator<Runnable> carrier,
      AbandonableCalls.Limits limits) {
    this.compiling = compiling;
    this.debug = debug;
    this.carrier = carrier;
    this.limits = limits;
  }

  /** The session of a key, begun: the caller ends it. */
  OpenSession begin(
      SessionKey key, InstalledEngine engine, CompiledStore store, Extensions extensions) {
    synchronized (sessions) {
      var known = sessions.get(key);
      if (known != null && known.begin()) {
        return known;
      }
    }
    var fresh = open(key, engine, store, extensions);
    if (engine.isGone()) {
      return fresh;
    }
    fresh.begin();
    var dropped = new ArrayList<OpenSession>();
    OpenSession used = fresh;
    synchronized (sessions) {
      var other = sessions.get(key);
      if (other != null && other.begin()) {
        used = other;
        dropped.add(fresh);
      } else {
        sessions.put(key, fresh);
        trim(dropped);
      }
    }
    if (used != fresh) {
      fresh.end();
    }
    dropped.forEach(OpenSession::end);
    if (engine.isGone()) {
      // Withdrawn since it was checked: the withdrawal may have missed this session.
      dropEngine(engine.id());
    }
    return used;
  }

  /** A session that nobody else uses, begun: closed when the caller ends it. */
  OpenSession open(
      SessionKey key, InstalledEngine engine, CompiledStore store, Extensions extensions) {
    var loader =
        new FileTemplateLoader(
            new TemplateFolders(key.worktree(), key.dir()),
            new Identities(engine.identity(), key.options()),
            store,
            extensions,
            compiling,
            debug);
    return new OpenSession(
        engine, key, loader, new AbandonableCalls(engine, loader, carrier, limits));
  }

  /** Drops the sessions of an engine that is withdrawn; those in use end when their users do. */
  void dropEngine(long engine) {
    drop(key -> key.engine() == engine);
  }

  void dropAll() {
    drop(key -> true);
  }

  private void drop(Predicate<SessionKey> which) {
    var dropped = new ArrayList<OpenSession>();
    synchronized (sessions) {
      sessions
          .entrySet()
          .removeIf(entry -> which.test(entry.getKey()) && dropped.add(entry.getValue()));
    }
    dropped.forEach(OpenSession::end);
  }

  private void trim(List<OpenSession> dropped) {
    var eldest = sessions.values().iterator();
    while (sessions.size() > MAX) {
      dropped.add(eldest.next());
      eldest.remove();
    }
  }
}

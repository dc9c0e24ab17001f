package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.Condition;
import dev.gitvan.template.spi.TemplateEngine;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The session of an engine that does not guarantee that it ends: each call is made on a thread that
 * can be abandoned.
 */
final class GuardedSession implements TemplateEngine.Session {
  private final TemplateEngine.Session session;
  private final AbandonableCalls calls;

  GuardedSession(TemplateEngine.Session session, AbandonableCalls calls) {
    this.session = session;
    this.calls = calls;
  }

  @Override
  public CompiledTemplate compile(String name) {
    return guarded(name, calls.call(name, () -> session.compile(name)));
  }

  @Override
  public CompiledTemplate compileText(String name, String text) {
    return guarded(name, calls.call(name, () -> session.compileText(name, text)));
  }

  private CompiledTemplate guarded(String name, CompiledTemplate template) {
    return (data, out) -> render(name, template, data, out);
  }

  private void render(String name, CompiledTemplate template, Map<String, ?> data, Writer out)
      throws IOException {
    try (var gate = new GatedWriter(out)) {
      calls.callWriting(
          name,
          () -> {
            template.render(data, gate);
            return null;
          });
    }
  }

  @Override
  public Condition compileCondition(String name, String expression) {
    var condition = calls.call(name, () -> session.compileCondition(name, expression));
    return data -> calls.call(name, () -> condition.test(data));
  }

  @Override
  public List<Problem> check(Collection<String> names, Collection<String> all) {
    return calls.call("templates", () -> session.check(names, all));
  }

  @Override
  public void close() {
    session.close();
  }

  /** A writer that takes nothing more once the call that it was made for is over. */
  private static final class GatedWriter extends Writer {
    private final Writer out;
    private boolean closed;

    GatedWriter(Writer out) {
      this.out = out;
    }

    @Override
    public synchronized void write(char[] text, int from, int length) throws IOException {
      check();
      out.write(text, from, length);
    }

    @Override
    public synchronized void write(String text, int from, int length) throws IOException {
      check();
      out.write(text, from, length);
    }

    @Override
    public synchronized void flush() throws IOException {
      check();
      out.flush();
    }

    private void check() throws IOException {
      if (closed) {
        throw new IOException("the rendering was abandoned");
      }
    }

    /** Leaves the other writer open: it is the caller's. */
    @Override
    public synchronized void close() {
      closed = true;
    }
  }
}

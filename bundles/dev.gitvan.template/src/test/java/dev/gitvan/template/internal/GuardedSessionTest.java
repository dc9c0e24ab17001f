package dev.gitvan.template.internal;

import static dev.gitvan.template.internal.TemplatesFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.extension.Extension;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateLoader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines that do not guarantee that they end. */
@Timeout(60)
class GuardedSessionTest {
  @TempDir Path directory;
  private final CountDownLatch over = new CountDownLatch(1);
  private TemplatesFixture fixture;

  @AfterEach
  void close() {
    over.countDown();
    fixture.close();
  }

  /** What an engine of the test does to render a template. */
  private interface Rendering {
    void run(TemplateLoader loader, String name, Writer out) throws IOException;
  }

  private Extension<TemplateEngine, InstalledEngine.Properties> engine(
      Duration time, Rendering rendering) {
    fixture =
        new TemplatesFixture(directory, new AbandonableCalls.Limits(time, Duration.ofMillis(100)));
    fixture.template("page.slow", "text");
    var properties = new InstalledEngine.Properties("slow", Set.of("slow"), true, false);
    return fixture.engines.add(
        "slow",
        properties,
        new FileEngine() {
          @Override
          CompiledTemplate compile(TemplateLoader loader, String name) {
            return (data, out) -> rendering.run(loader, name, out);
          }
        });
  }

  /** Ends for nobody but the test. */
  private void hang() {
    while (over.getCount() > 0) {
      try {
        over.await();
      } catch (InterruptedException e) {
        // That is what the test is about.
      }
    }
  }

  @Test
  void rendersOnThreadOfItsOwnAndKeepsWhatItUsed() {
    var thread = new AtomicReference<Thread>();
    engine(
        Duration.ofSeconds(30),
        (loader, name, out) -> {
          thread.set(Thread.currentThread());
          out.write(loader.load(name).text());
        });

    assertThat(fixture.open().render("page.slow", Map.of())).isEqualTo("text");
    assertThat(thread.get()).isNotSameAs(Thread.currentThread());
    fixture.template("page.slow", "other");
    assertThat(fixture.open().render("page.slow", Map.of())).isEqualTo("other");
  }

  @Test
  void failuresAreTheCallers() {
    var failure = new IOException("full");
    engine(
        Duration.ofSeconds(30),
        (loader, name, out) -> {
          throw failure;
        });

    assertThatThrownBy(() -> fixture.open().render("page.slow", Map.of(), Writer.nullWriter()))
        .isSameAs(failure);
  }

  @Test
  void interruptibleCallsEndAtTheLimit() {
    var engine =
        engine(
            Duration.ofMillis(50),
            (loader, name, out) -> {
              try {
                over.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });

    var failure = failure(() -> fixture.open().render("page.slow", Map.of()));

    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_TIMEOUT);
    assertThat(engine.isActive()).isTrue();
  }

  @Test
  void engineThatDoesNotEndIsQuarantinedAndWritesNothingMore() throws Exception {
    var written = new AtomicReference<Throwable>();
    var finished = new CountDownLatch(1);
    var engine =
        engine(
            Duration.ofMillis(50),
            (loader, name, out) -> {
              hang();
              try {
                out.write("too late");
              } catch (IOException e) {
                written.set(e);
              }
              finished.countDown();
            });

    var failure = failure(() -> fixture.open().render("page.slow", Map.of()));

    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_TIMEOUT);
    assertThat(engine.isActive()).isFalse();
    over.countDown();
    finished.await();
    assertThat(written.get()).hasMessage("the rendering was abandoned");
  }

  @Test
  void interruptedCallerLeavesAndEngineThatGoesOnIsQuarantined() throws Exception {
    var begun = new CountDownLatch(1);
    var engine =
        engine(
            Duration.ofSeconds(30),
            (loader, name, out) -> {
              begun.countDown();
              hang();
            });
    var set = fixture.open();
    var failure = new AtomicReference<GitVanException>();
    var caller = new Thread(() -> failure.set(failure(() -> set.render("page.slow", Map.of()))));
    caller.start();
    begun.await();

    caller.interrupt();
    caller.join();

    assertThat(failure.get().code()).isEqualTo(Codes.INTERRUPTED);
    assertThat(engine.isActive()).isFalse();
  }
}

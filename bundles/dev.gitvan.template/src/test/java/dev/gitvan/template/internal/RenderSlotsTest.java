package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.TemplateLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many concurrent renderings as there are cores, for all callers together. */
@Timeout(60)
class RenderSlotsTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int MANY = CORES * 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(MANY);
  private final SlowEngine engine = new SlowEngine();

  @TempDir Path directory;
  private TemplatesFixture fixture;
  private TemplateSet set;

  @BeforeEach
  void open() {
    fixture = new TemplatesFixture(directory);
    fixture.add("slow", "slow", engine);
    fixture.template("page.slow", "page");
    fixture.template("page.peb", "page");
    set = fixture.open();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    fixture.close();
  }

  /** Calls something on all threads at once, with the number of each. */
  private ArrayList<Future<String>> all(int count, Numbered work) {
    var results = new ArrayList<Future<String>>();
    for (int i = 0; i < count; i++) {
      int number = i;
      results.add(threads.submit((Callable<String>) () -> work.call(number)));
    }
    return results;
  }

  private interface Numbered {
    String call(int number) throws Exception;
  }

  /** Shown to fail without slots. */
  @Test
  void noMoreThanThereAreCores() throws Exception {
    var results =
        all(
            MANY,
            number -> {
              var data = Map.of("number", number);
              switch (number % 3) {
                case 0 -> set.render("page.slow", data);
                case 1 -> set.render("page.slow", data, new StringWriter());
                default -> fixture.open().write("page.slow", data, "out/" + number + ".txt");
              }
              return "";
            });
    for (var result : results) {
      result.get();
    }
    assertThat(engine.calls.get()).isEqualTo(MANY);
    assertThat(engine.most.get()).isBetween(1, CORES);
  }

  /** Shown to hang when a rendering inside another wants a slot of its own. */
  @Test
  void oneInsideAnotherWaitsForNobody() throws Exception {
    var allInside = new CountDownLatch(CORES);
    engine.inside =
        () -> {
          allInside.countDown();
          allInside.await();
          return set.render("page.peb", Map.of());
        };
    for (var result : all(MANY, number -> set.render("page.slow", Map.of("number", number)))) {
      assertThat(result.get()).isEqualTo("page");
    }
  }

  /** Shown to hang when a writer that waits keeps its slot. */
  @Test
  void whoeverWaitsForAReaderKeepsNobodyWaiting() throws Exception {
    var waiting = new CountDownLatch(CORES);
    var read = new CountDownLatch(1);
    var results =
        all(
            CORES,
            number -> {
              set.render("page.slow", Map.of("number", number), new Pipe(waiting, read));
              return "";
            });
    waiting.await();
    assertThat(set.render("page.slow", Map.of())).isEqualTo("page");
    read.countDown();
    for (var result : results) {
      result.get();
    }
    assertThat(engine.most.get()).isBetween(1, CORES);
  }

  @Test
  void whoeverWaitsForTheRateKeepsNobodyWaiting() throws Exception {
    var slots = new RenderSlots(1);
    var waiting = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var pace =
        slots.outside(
            bytes -> {
              waiting.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });
    var slow =
        threads.submit(
            () -> {
              slots.within("slow", () -> pace.await(1));
              return "";
            });
    waiting.await();
    var fast = new AtomicInteger();
    slots.within("fast", fast::incrementAndGet);
    assertThat(fast).hasValue(1);
    go.countDown();
    slow.get();
  }

  @Test
  void whoeverIsInterruptedWhileItWaitsEnds() throws Exception {
    var begun = new CountDownLatch(CORES);
    var go = new CountDownLatch(1);
    engine.inside =
        () -> {
          begun.countDown();
          go.await();
          return "page";
        };
    var busy = all(CORES, number -> set.render("page.slow", Map.of("number", number)));
    begun.await();
    var code = new ErrorCode[1];
    var late =
        new Thread(
            () ->
                code[0] = TemplatesFixture.failure(() -> set.render("page.slow", Map.of())).code());
    late.start();
    while (late.getState() != Thread.State.WAITING) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    late.interrupt();
    late.join();
    assertThat(code[0]).isEqualTo(Codes.INTERRUPTED);
    go.countDown();
    for (var result : busy) {
      assertThat(result.get()).isEqualTo("page");
    }
  }

  /** Nobody reads what is written, for now. */
  private static final class Pipe extends Writer {
    private final CountDownLatch waiting;
    private final CountDownLatch read;

    Pipe(CountDownLatch waiting, CountDownLatch read) {
      this.waiting = waiting;
      this.read = read;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      waiting.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Counts concurrent renderings. */
  private static final class SlowEngine extends FileEngine {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    private volatile Callable<String> inside =
        () -> {
          TimeUnit.MILLISECONDS.sleep(20);
          return "page";
        };

    @Override
    CompiledTemplate compile(TemplateLoader loader, String name) {
      loader.load(name);
      return (data, out) -> {
        data.get("number"); // So that each is another output.
        out.write(rendered());
      };
    }

    private String rendered() {
      calls.incrementAndGet();
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      try {
        return inside.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        now.decrementAndGet();
      }
    }
  }
}

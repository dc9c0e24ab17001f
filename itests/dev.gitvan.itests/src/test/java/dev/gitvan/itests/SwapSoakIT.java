package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A plugin with a job, a gate and a verb is replaced again and again while its job runs many times
 * a second: no run is lost, and of all versions one class loader is left. 100 swaps; 1,000 with
 * {@code -Dgitvan.faults=long}.
 *
 * <p>Seen to fail with an update by the framework's own commands: runs found no job.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapSoakIT {
  private static final String PLUGIN = "org.example.greeting";
  private static final int CALLERS = 2;

  /** Together 50 runs a second, where the machine can do it. */
  private static final long PAUSE_NANOS = 1_000_000_000L * CALLERS / 50;

  @Inject private BundleContext context;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger runs = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

  @Configuration
  public Option[] configuration() throws Exception {
    return WithRepository.options(
        systemProperty("itests.greeting").value(Plugins.built("greeting").toString()),
        systemProperty("gitvan.faults").value(System.getProperty("gitvan.faults", "short")));
  }

  @Test
  public void noRunIsLostAndOneClassLoaderIsLeft() throws Exception {
    int swaps = "long".equals(System.getProperty("gitvan.faults")) ? 1000 : 100;
    var commands = new CommandLine(context);
    var jar = Path.of(System.getProperty("itests.greeting"));
    context.installBundle(jar.toUri().toString()).start();
    int before = Receipts.count(repository(), true);

    var callers = new ArrayList<Thread>();
    for (int i = 0; i < CALLERS; i++) {
      var caller = new Thread(() -> call(commands), "caller " + i);
      callers.add(caller);
      caller.start();
    }
    var loaders = new ArrayList<WeakReference<ClassLoader>>();
    for (int i = 0; i < swaps; i++) {
      loaders.add(loader());
      var swap = commands.run(repository(), "bundle", "replace", PLUGIN, jar.toString());
      assertEquals(swap.toString(), 0, swap.status());
    }
    over.set(true);
    for (var caller : callers) {
      caller.join();
    }

    assertEquals(List.of(), List.copyOf(lost));
    assertTrue(runs + " runs", runs.get() > swaps / 10);
    assertEquals(runs.get(), Receipts.count(repository(), true) - before);
    assertEquals(1, plugins().size());
    assertEquals("class loaders of old versions", 0, left(loaders));
  }

  private void call(CommandLine commands) {
    while (!over.get()) {
      long start = System.nanoTime();
      try {
        var run = commands.run(repository(), "run", "greeting", "-i", "name=moon");
        runs.incrementAndGet();
        if (run.status() != 0 || !(run.out() + run.err()).contains("Hello, moon!")) {
          lost.add(run.status() + ": " + run);
        }
      } catch (Exception | AssertionError e) {
        lost.add(e.toString());
      }
      LockSupport.parkNanos(start + PAUSE_NANOS - System.nanoTime());
    }
  }

  private WeakReference<ClassLoader> loader() {
    return new WeakReference<>(plugins().get(0).adapt(BundleWiring.class).getClassLoader());
  }

  private List<Bundle> plugins() {
    var plugins = new ArrayList<Bundle>();
    for (var bundle : context.getBundles()) {
      if (PLUGIN.equals(bundle.getSymbolicName())) {
        plugins.add(bundle);
      }
    }
    return plugins;
  }

  private static long left(List<WeakReference<ClassLoader>> loaders) {
    long left = loaders.size();
    for (int i = 0; i < 100 && left > 0; i++) {
      System.gc();
      LockSupport.parkNanos(20_000_000);
      left = loaders.stream().filter(loader -> loader.get() != null).count();
    }
    return left;
  }

  private static Path repository() {
    return Path.of(System.getProperty(WithRepository.REPOSITORY));
  }
}

package dev.gitvan.process.local.internal;

import dev.gitvan.process.LaunchedProcess;
import dev.gitvan.process.ProcessExit;
import dev.gitvan.process.ProcessExit.Reason;
import dev.gitvan.process.ProcessInput;
import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A child of this JVM. A thread of its own waits for its end, so that its limits apply whether or
 * not anybody awaits it.
 */
final class LocalProcess implements LaunchedProcess {
  /** How long output may stay open without anything to read after the command has ended. */
  private static final Duration DRAIN = Duration.ofMillis(300);

  private final ProcessSpec spec;
  private final Process process;
  private final ProcessGroup group;
  private final List<OutputPump> pumps = new ArrayList<>(2);
  private final OutputPump output;
  private final AtomicReference<Reason> reason = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile ProcessExit exit;

  private LocalProcess(ProcessSpec spec, Process process, ProcessGroup group) {
    this.spec = spec;
    this.process = process;
    this.group = group;
    this.output = pump(spec.output(), process.getInputStream());
    pump(spec.errors(), process.getErrorStream());
  }

  static LocalProcess start(ProcessSpec spec, Watcher watcher) throws IOException {
    var program = Platform.program(spec);
    var setsid = Platform.setsid().filter(path -> !spec.usesTerminal());
    var line = new ArrayList<>(spec.command());
    if (setsid.isPresent()) {
      line.add(0, setsid.get());
    } else {
      line.set(0, program);
    }
    var builder = new ProcessBuilder(line).directory(spec.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    builder.redirectInput(
        spec.input() instanceof ProcessInput.Inherited
            ? Redirect.INHERIT
            : spec.input() instanceof ProcessInput.Empty
                ? Redirect.from(Platform.NULL)
                : Redirect.PIPE);
    builder.redirectOutput(redirect(spec.output()));
    builder.redirectError(redirect(spec.errors()));
    // Before the command, which may end while the watcher starts, and nobody would have read yet.
    watcher.prepare();
    var process = builder.start();
    var group = new ProcessGroup(process, setsid.isPresent());
    var watched = group.watched();
    watcher.add(watched);
    var launched = new LocalProcess(spec, process, group);
    launched.startThreads(() -> watcher.remove(watched));
    return launched;
  }

  private static Redirect redirect(ProcessOutput output) {
    return output instanceof ProcessOutput.Inherited
        ? Redirect.INHERIT
        : output instanceof ProcessOutput.Discarded ? Redirect.DISCARD : Redirect.PIPE;
  }

  private OutputPump pump(ProcessOutput to, InputStream in) {
    if (!(to instanceof ProcessOutput.Sink sink)) {
      return null;
    }
    var pump = new OutputPump(in, sink, process::isAlive, this::endAtLimit);
    pumps.add(pump);
    return pump;
  }

  private void startThreads(Runnable onEnd) {
    for (var pump : pumps) {
      thread(pump, pump == output ? "out" : "err");
    }
    if (spec.input() instanceof ProcessInput.Content content) {
      thread(() -> feed(content.bytes()), "in");
    }
    thread(() -> supervise(onEnd), "end");
  }

  private void thread(Runnable work, String name) {
    var thread = new Thread(work, "gitvan-process-" + pid() + "-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void feed(byte[] content) {
    try (var in = process.getOutputStream()) {
      in.write(content);
    } catch (IOException e) {
      // It has ended without reading all of it, which its exit status may explain.
    }
  }

  private void supervise(Runnable onEnd) {
    try {
      if (!process.waitFor(TimeUnit.NANOSECONDS.convert(spec.timeLimit()), TimeUnit.NANOSECONDS)) {
        end(Reason.TIME_LIMIT);
      }
      int status = process.waitFor();
      drain();
      reason.compareAndSet(null, Reason.EXITED);
      exit = new ProcessExit(status, reason.get(), output == null || output.isComplete());
    } catch (InterruptedException e) {
      // Nobody has this thread to interrupt it.
      throw new IllegalStateException(e);
    } finally {
      onEnd.run();
      ended.countDown();
    }
  }

  /** Waits for the end of the output. What still holds it in the background is killed. */
  private void drain() throws InterruptedException {
    if (!isDrained() || pumps.stream().anyMatch(OutputPump::isLate)) {
      group.endRest();
      if (!isDrained()) {
        pumps.forEach(OutputPump::close);
      }
    }
  }

  private boolean isDrained() throws InterruptedException {
    for (var pump : pumps) {
      long before = pump.count();
      while (!pump.awaitEnd(DRAIN)) {
        // The output of a command that was ended is not waited for.
        if (reason.get() != null || !pump.isBehind(before, DRAIN)) {
          return false;
        }
      }
    }
    return true;
  }

  private void end(Reason why) {
    if (process.isAlive()) {
      reason.compareAndSet(null, why);
      group.end(spec.grace());
    }
  }

  /** The command may have ended by itself before its output was read. */
  private void endAtLimit() {
    reason.compareAndSet(null, Reason.OUTPUT_LIMIT);
    end(Reason.OUTPUT_LIMIT);
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public ProcessExit await() throws InterruptedException {
    ended.await();
    return exit;
  }

  @Override
  public void cancel() {
    end(Reason.CANCELLED);
  }

  @Override
  public void close() {
    cancel();
    pumps.forEach(OutputPump::close);
  }
}

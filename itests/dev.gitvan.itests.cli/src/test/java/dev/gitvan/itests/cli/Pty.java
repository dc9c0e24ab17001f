package dev.gitvan.itests.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program on a real pseudo-terminal, typed at. The terminal is made by {@code script} of
 * util-linux, which every Linux has, so that nothing native is needed here.
 */
final class Pty implements AutoCloseable {
  private final Process process;
  private final Path screen;
  private int seen;

  /**
   * Starts a shell command on a terminal of 40 lines and 120 columns. Ctrl-C reaches it although
   * the tests may run in the background, where shells have programs ignore it.
   */
  Pty(String command, Path directory, Map<String, String> environment, Path screen) {
    this.screen = screen;
    try {
      var builder =
          new ProcessBuilder(
                  List.of(
                      "script",
                      "-qfec",
                      "stty rows 40 cols 120; exec env --default-signal=INT " + command,
                      "/dev/null"))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(screen.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.environment().put("TERM", "xterm-256color");
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types text; {@code \t} is the Tab key, {@code \r} Enter. */
  Pty type(String keys) {
    try {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new AssertionError("cannot type\n" + screen(), e);
    }
  }

  /** Waits until a string appears after what was awaited before. */
  Pty expect(String text) {
    Await.until(
        "the terminal shows " + text,
        () -> screen().indexOf(text, seen) >= 0 || !process.isAlive(),
        this::screen);
    int at = screen().indexOf(text, seen);
    if (at < 0) {
      throw new AssertionError("the terminal has ended without showing " + text + "\n" + screen());
    }
    seen = at + text.length();
    return this;
  }

  /** As {@link #expect}, but returns what was shown until then. */
  String until(String text) {
    int from = seen;
    expect(text);
    return screen().substring(from, seen);
  }

  /** Asks the program to end, as the system does. */
  void terminate() {
    process
        .descendants()
        .filter(child -> child.info().command().filter(c -> c.endsWith("/java")).isPresent())
        .forEach(ProcessHandle::destroy);
  }

  /** Waits for the program's end and returns its exit status. */
  int end() {
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        throw new AssertionError("does not end\n" + screen());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Everything shown until now, without escape sequences. */
  String screen() {
    try {
      return Files.readString(screen)
          .replaceAll("\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)", "")
          .replaceAll("\u001b\\[[0-9;?>=]*[A-Za-z]", "")
          .replaceAll("\u001b[=>78()][B0]?", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

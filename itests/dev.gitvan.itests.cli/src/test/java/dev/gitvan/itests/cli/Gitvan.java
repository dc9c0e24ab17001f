package dev.gitvan.itests.cli;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code bin/gitvan} of the built distribution, called as a user calls it: a process of its own, in
 * a directory, with an environment that has nothing of the machine's but {@code PATH} and the JDK.
 * Immutable: the {@code with} methods return changed copies.
 */
final class Gitvan {
  private final Path script;
  private final GitSandbox sandbox;
  private final Path directory;
  private final Map<String, String> environment;
  private final List<String> prefix;
  private final String input;

  private Gitvan(
      Path script,
      GitSandbox sandbox,
      Path directory,
      Map<String, String> environment,
      List<String> prefix,
      String input) {
    this.script = script;
    this.sandbox = sandbox;
    this.directory = directory;
    this.environment = environment;
    this.prefix = prefix;
    this.input = input;
  }

  /** GitVan in a sandbox's repository, with a {@code GITVAN_HOME} that only this sandbox has. */
  static Gitvan in(GitSandbox sandbox) {
    var environment = new LinkedHashMap<>(sandbox.environment());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C.UTF-8");
    var home = sandbox.home().resolve("gitvan");
    environment.put("GITVAN_HOME", home.toString());
    Distribution.shareClasses(home);
    environment.put("GITVAN_ARCHIVE_RECORDING", "never"); // It would go on when the test has ended.
    return new Gitvan(Distribution.script(), sandbox, sandbox.root(), environment, List.of(), "");
  }

  /** Of another copy of the distribution. */
  Gitvan installedAt(Path root) {
    return new Gitvan(root.resolve("bin/gitvan"), sandbox, directory, environment, prefix, input);
  }

  /** In another directory. */
  Gitvan at(Path other) {
    return new Gitvan(script, sandbox, other, environment, prefix, input);
  }

  /** With a variable of the environment; null removes it. */
  Gitvan with(String name, String value) {
    var changed = new LinkedHashMap<>(environment);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Gitvan(script, sandbox, directory, changed, prefix, input);
  }

  /** With something on standard input, a pipe. */
  Gitvan withInput(String text) {
    return new Gitvan(script, sandbox, directory, environment, prefix, text);
  }

  /** Started by another program, which gets GitVan's command line as its last arguments. */
  Gitvan through(String... program) {
    return new Gitvan(script, sandbox, directory, environment, List.of(program), input);
  }

  /** {@code GITVAN_HOME}. */
  Path home() {
    return Path.of(environment.get("GITVAN_HOME"));
  }

  /** Runs a command line to its end. */
  Outcome run(String... arguments) {
    return start(arguments).await();
  }

  /** Starts a command line, in a session and process group of its own. */
  Running start(String... arguments) {
    var command = new ArrayList<>(List.of("setsid"));
    command.addAll(prefix);
    command.add(script.toString());
    command.addAll(List.of(arguments));
    try {
      var files = Files.createTempDirectory(sandbox.home(), "io");
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(files.resolve("out").toFile())
              .redirectError(files.resolve("err").toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      var process = builder.start();
      feed(process);
      return new Running(process, List.of(arguments), files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On a thread of its own: the process may read late, or not at all. */
  private void feed(Process process) {
    var feeder =
        new Thread(
            () -> {
              try (var pipe = process.getOutputStream()) {
                pipe.write(input.getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                // It has ended without reading all.
              }
            },
            "standard input");
    feeder.setDaemon(true);
    feeder.start();
  }

  /** Starts a command line on a terminal; JLine leaves a file in /tmp when it is killed. */
  Pty onTerminal(String arguments) {
    var terminal = new LinkedHashMap<>(environment);
    terminal.merge(
        "GITVAN_JAVA_OPTS",
        "-Djava.io.tmpdir=" + sandbox.home(),
        (given, more) -> given + " " + more);
    return new Pty(
        script + " " + arguments, directory, terminal, sandbox.home().resolve("screen.txt"));
  }
}

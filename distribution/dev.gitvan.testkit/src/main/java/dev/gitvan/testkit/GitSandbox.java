package dev.gitvan.testkit;

import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
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
 * A repository that is created and read by the {@code git} command, isolated from the user's
 * configuration. Tests read what GitVan writes through it, never through the code under test.
 */
public final class GitSandbox {
  private final Path home;
  private final Path root;

  private GitSandbox(Path home, Path root) {
    this.home = home;
    this.root = root;
  }

  /**
   * Creates an empty repository with branch {@code main} and an identity.
   *
   * @param directory an existing empty directory, such as a JUnit {@code @TempDir}
   */
  public static GitSandbox init(Path directory, String... initOptions) {
    try {
      var real = directory.toRealPath();
      var home = Files.createDirectories(real.resolve("home"));
      var root = Files.createDirectories(real.resolve("repo"));
      Files.writeString(
          home.resolve(".gitconfig"),
          """
          [user]
          	name = Ada Lovelace
          	email = ada@example.org
          [init]
          	defaultBranch = main
          [commit]
          	gpgsign = false
          """);
      var sandbox = new GitSandbox(home, root);
      var command = new ArrayList<>(List.of("init", "-q"));
      command.addAll(List.of(initOptions));
      sandbox.git(command.toArray(String[]::new));
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a sandbox with the same home for another directory: a linked worktree, a clone, a
   * subdirectory.
   */
  public GitSandbox at(Path directory) {
    return new GitSandbox(home, directory);
  }

  /** The repository's worktree. */
  public Path root() {
    return root;
  }

  /** The directory used as the user's home. */
  public Path home() {
    return home;
  }

  /** The id of the worktree, according to {@code git}. */
  public WorktreeId worktree() {
    var bare = git("rev-parse", "--is-bare-repository").equals("true");
    return new WorktreeId(
        root.resolve(git("rev-parse", "--absolute-git-dir")).normalize(),
        new RepositoryId(root.resolve(git("rev-parse", "--git-common-dir")).normalize()),
        bare ? null : Path.of(git("rev-parse", "--show-toplevel")));
  }

  /** Runs {@code git} and returns its standard output without the last newline. */
  public String git(String... arguments) {
    var result = run(arguments);
    if (result.status() != 0) {
      throw new AssertionError(
          "git "
              + String.join(" ", arguments)
              + " ended with "
              + result.status()
              + "\n"
              + result.err());
    }
    return result.out().stripTrailing();
  }

  /** Runs {@code git} and returns its result, whatever the exit status. */
  public Result run(String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return exec(command, Map.of());
  }

  /** Runs a program in the repository, with the sandbox's environment and additional variables. */
  public Result exec(List<String> command, Map<String, String> more) {
    try {
      var err = Files.createTempFile(home, "err", ".txt");
      var builder =
          new ProcessBuilder(command).directory(root.toFile()).redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("GIT"));
      builder.environment().putAll(environment());
      builder.environment().putAll(more);
      var process = builder.start();
      process.getOutputStream().close();
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      var errors = Files.readString(err);
      Files.delete(err);
      return new Result(status, out, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The environment that isolates programs from the user's configuration. */
  public Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return environment;
  }

  /** Writes a file, and creates its folders. */
  public Path write(String path, String content) {
    try {
      var file = root.resolve(path);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file. */
  public String read(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file and commits it; returns the commit's id. */
  public String commit(String path, String content, String message) {
    write(path, content);
    git("add", "--", path);
    git("commit", "-q", "-m", message);
    return git("rev-parse", "HEAD");
  }

  /** Creates many commits quickly, with {@code git fast-import}; each changes {@code src/N.txt}. */
  public void commits(int count) {
    var stream = new StringBuilder();
    var head = run("rev-parse", "-q", "--verify", "HEAD");
    for (int i = 1; i <= count; i++) {
      var message = "feat: change number " + i + "\n";
      stream
          .append("commit refs/heads/main\n")
          .append("committer Ada Lovelace <ada@example.org> ")
          .append(1_700_000_000L + i)
          .append(" +0000\ndata ")
          .append(message.length())
          .append('\n')
          .append(message);
      if (i == 1 && head.status() == 0) {
        stream.append("from ").append(head.out().strip()).append('\n');
      }
      stream.append("M 100644 inline src/").append(i % 1000).append(".txt\n");
      var content = "line " + i + "\n";
      stream.append("data ").append(content.length()).append('\n').append(content);
    }
    try {
      var builder = new ProcessBuilder("git", "fast-import", "--quiet").directory(root.toFile());
      builder.environment().putAll(environment());
      var process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(stream.toString().getBytes(StandardCharsets.UTF_8));
      }
      if (process.waitFor() != 0) {
        throw new AssertionError(new String(process.getErrorStream().readAllBytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    git("reset", "-q", "--hard", "main");
  }

  /** The result of a program. */
  public record Result(int status, String out, String err) {}
}

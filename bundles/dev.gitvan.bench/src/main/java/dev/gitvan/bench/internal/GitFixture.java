package dev.gitvan.bench.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Repositories to measure with: 1,000 files in 20 folders, and as much history as is wanted. */
final class GitFixture {
  private static final int FILES = 1000;
  private static final int FOLDERS = 20;

  private GitFixture() {}

  /**
   * Makes a repository.
   *
   * @param commits how many commits its branch has
   */
  static Path repository(Path directory, int commits) throws IOException {
    Files.createDirectories(directory);
    Programs.git(directory, "init", "-q", "-b", "main");
    Programs.git(directory, "config", "user.name", "Bench");
    Programs.git(directory, "config", "user.email", "bench@example.org");
    Programs.git(directory, "config", "commit.gpgsign", "false");
    Programs.git(directory, "config", "gc.auto", "0");
    var stream = new StringBuilder();
    for (int commit = 0; commit < commits; commit++) {
      stream.append("commit refs/heads/main\n");
      stream.append("committer Bench <bench@example.org> ").append(1_600_000_000L + commit);
      stream.append(" +0000\ndata 6\nchange\n");
      for (int file = 0; file < (commit == 0 ? FILES : 1); file++) {
        stream.append("M 100644 inline ").append(path(commit + file)).append('\n');
        stream.append(String.format(Locale.ROOT, "data 7%n%06d%n", commit).replace("\r", ""));
      }
    }
    Programs.feed(directory, stream.toString(), "fast-import", "--quiet");
    Programs.git(directory, "reset", "-q", "--hard", "main");
    return directory.toRealPath();
  }

  private static String path(int number) {
    int file = number % FILES;
    return "d" + file / (FILES / FOLDERS) + "/f" + file + ".txt";
  }

  /** Everything is synced to the disk, by {@code git} and by GitVan. */
  static void makeDurable(Path root) throws IOException {
    Programs.git(root, "config", "core.fsync", "all");
    Files.writeString(root.resolve("gitvan.yaml"), "git: { durability: power }\n");
    Files.writeString(root.resolve(".git/info/exclude"), "gitvan.yaml\n");
  }

  /** Gives a file another content; returns its path. */
  static String edit(Path root, int number) throws IOException {
    var path = path(number % FOLDERS * (FILES / FOLDERS));
    Files.writeString(root.resolve(path), "change " + number + " " + System.nanoTime() + "\n");
    return path;
  }

  static String head(Path root) throws IOException {
    return Programs.lines(root, "rev-parse", "HEAD").get(0);
  }

  static String ref(int number) {
    return String.format(Locale.ROOT, "refs/bench/r%06d", number);
  }

  /** Refs that are packed, as a clone has them. */
  static void pack(Path root, int refs) throws IOException {
    var head = head(root);
    var packed = new StringBuilder("# pack-refs with: peeled fully-peeled sorted \n");
    for (int i = 0; i < refs; i++) {
      packed.append(head).append(' ').append(ref(i)).append('\n');
    }
    packed.append(head).append(" refs/heads/main\n");
    Files.writeString(root.resolve(".git/packed-refs"), packed, StandardCharsets.US_ASCII);
    Files.delete(root.resolve(".git/refs/heads/main"));
  }
}

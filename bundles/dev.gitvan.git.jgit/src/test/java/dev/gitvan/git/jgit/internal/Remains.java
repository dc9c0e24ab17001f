package dev.gitvan.git.jgit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What a process that was killed may have left. */
public final class Remains {
  private Remains() {}

  /** Locks and intents. */
  public static List<String> of(GitSandbox git) throws IOException {
    var gitDir = git.root().resolve(".git");
    try (var files = Files.walk(gitDir)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> gitDir.relativize(file).toString())
          .filter(name -> name.contains(".lock") || name.contains("intents/"))
          .filter(name -> !name.equals("gitvan/recovery.lock"))
          .toList();
    }
  }

  /** Nothing is broken or missing. */
  public static void assertSound(GitSandbox git) {
    var fsck = git.run("fsck", "--full", "--strict", "--no-dangling");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
  }
}

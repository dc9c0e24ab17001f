package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    git.write("out.txt", "1\n");
    gitvan = Receipts.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
  }

  private void user(String text) throws IOException {
    Files.writeString(git.home().resolve(".gitconfig"), text, StandardOpenOption.APPEND);
  }

  private String program(String name, String body) throws IOException {
    var file = git.home().resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body.replace("HOME", git.home().toString()));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }

  @Test
  void openPgpByTheProgramThatTheUserNames() throws IOException {
    var gpg =
        program(
            "fake-gpg",
            """
            echo "$@" > "HOME/arguments"
            cat > "HOME/payload"
            echo '[GNUPG:] SIG_CREATED D 1 8 00 1 X' >&2
            echo '-----BEGIN PGP SIGNATURE-----'
            echo
            echo 'fake'
            echo '-----END PGP SIGNATURE-----'
            """);
    user("[gpg]\n\tprogram = " + gpg + "\n[user]\n\tsigningKey = ABCD\n[tag]\n\tgpgSign = true\n");
    git.git("config", "commit.gpgSign", "true");
    var id = Receipts.id(1);
    try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
      tx.commit(
          new CommitSpec("docs: update", List.of("out.txt")), new CommitOrigin(id, "changelog"));
      tx.tag(new TagSpec("v1", "first"));
      tx.apply(List.of(Receipts.of(id, tx.base())));
    }
    assertThat(git.git("cat-file", "commit", "HEAD"))
        .contains(
            "gpgsig -----BEGIN PGP SIGNATURE-----\n \n fake\n -----END PGP SIGNATURE-----\n\n");
    assertThat(git.git("cat-file", "tag", "v1"))
        .endsWith("first\n-----BEGIN PGP SIGNATURE-----\n\nfake\n-----END PGP SIGNATURE-----");
    assertThat(Files.readString(git.home().resolve("arguments")))
        .isEqualTo("--status-fd=2 -bsau ABCD\n");
    assertThat(Files.readString(git.home().resolve("payload"))).startsWith("object ");
    assertThat(git.git("fsck", "--strict")).isEmpty();
    // Receipts are not commits of the user's.
    assertThat(git.git("cat-file", "commit", "refs/notes/gitvan/results")).doesNotContain("gpgsig");
  }

  @Test
  void sshIsVerifiedByGit() throws IOException {
    Machine.needsProgram("ssh-keygen");
    var key = git.home().resolve("id");
    git.exec(
        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()), Map.of());
    var allowed = git.home().resolve("allowed");
    Files.writeString(allowed, "ada@example.org " + Files.readString(git.home().resolve("id.pub")));
    user(
        "[gpg]\n\tformat = ssh\n[gpg \"ssh\"]\n\tallowedSignersFile = "
            + allowed
            + "\n[user]\n\tsigningKey = "
            + key
            + "\n[commit]\n\tgpgSign = true\n");
    gitvan.run(git.worktree(), Receipts.id(1), "out.txt");
    assertThat(git.git("log", "-1", "--format=%G? %GS")).isEqualTo("G ada@example.org");
  }

  @Test
  void neverSilentlyUnsigned() throws IOException {
    user("[commit]\n\tgpgSign = true\n");
    for (var body :
        List.of(
            "exit 2\n",
            "cat >/dev/null; echo sig\n",
            "echo '[GNUPG:] SIG_CREATED x' >&2; cat\nexit 1\n")) {
      user("[gpg]\n\tprogram = " + program("gpg", body) + "\n");
      assertFails();
    }
    user("[gpg]\n\tprogram = /does/not/exist\n");
    assertFails();
    assertThat(git.git("log", "--format=%s")).isEqualTo("one");
    user("[gpg]\n\tformat = magic\n");
    assertFails();
    // Signing is for the user's commits; a dry run signs nothing.
    try (var tx = gitvan.transactions.begin(git.worktree(), true)) {
      assertThat(tx.commit(new CommitSpec("m", List.of("out.txt")), new CommitOrigin("x", "j")))
          .isPresent();
    }
  }

  private void assertFails() {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(1), "out.txt"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.SIGNING_FAILED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit.gpgSign", "tag.gpgSign", "tag.forceSignAnnotated"})
  void aFailureNamesTheSettingThatRequiresTheSignature(String setting) throws IOException {
    user("[gpg]\n\tprogram = no-such-program\n");
    git.git("config", setting, "true");
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(
            () -> {
              try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
                var id = Receipts.id(1);
                tx.commit(
                    new CommitSpec("m", List.of("out.txt")), new CommitOrigin(id, "changelog"));
                tx.tag(new TagSpec("v1", "m"));
                tx.apply(List.of(Receipts.of(id, tx.base())));
              }
            })
        .withMessageStartingWith("SIGNING_FAILED " + setting + ": ")
        .withMessageEndingWith("or set " + setting + " to false.");
  }

  @Test
  void aRebuiltCommitIsSignedAgain() throws IOException {
    var gpg =
        program(
            "fake-gpg",
            "cat >/dev/null; echo '[GNUPG:] SIG_CREATED D' >&2; echo again >> \"HOME/count\"; echo S\n");
    user("[gpg]\n\tprogram = " + gpg + "\n");
    git.git("config", "commit.gpgSign", "true");
    var id = Receipts.id(1);
    try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
      tx.commit(
          new CommitSpec("docs: update", List.of("out.txt")), new CommitOrigin(id, "changelog"));
      git.git("config", "commit.gpgSign", "false");
      git.commit("b.txt", "1\n", "two");
      tx.apply(List.of(Receipts.of(id, tx.base())));
    }
    assertThat(git.git("cat-file", "commit", "HEAD")).contains("gpgsig S\n");
    assertThat(Files.readString(git.home().resolve("count"))).isEqualTo("again\nagain\n");
  }
}

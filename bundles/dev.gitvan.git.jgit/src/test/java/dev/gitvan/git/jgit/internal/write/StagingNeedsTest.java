package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be staged is known before anything has been done. */
class StagingNeedsTest {
  private static final StagingNeed COMMIT = new StagingNeed.Commit(List.of("CHANGELOG.md"));
  private static final StagingNeed TAG = new StagingNeed.Tag(null);
  private static final StagingNeed NOTE = new StagingNeed.Note(null);

  @TempDir Path directory;
  private GitSandbox git;
  private Map<String, String> environment;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    environment = new HashMap<>(git.environment());
    environment.put("PATH", System.getenv("PATH"));
  }

  private void require(boolean dryRun, StagingNeed... needs) {
    try (var gitvan = Receipts.open(environment, Failpoint.NONE);
        var tx = gitvan.transactions.begin(git.worktree(), dryRun)) {
      tx.require(List.of(needs));
    }
  }

  private void assertMet(StagingNeed... needs) {
    assertThatCode(() -> require(false, needs)).doesNotThrowAnyException();
    assertThatCode(() -> require(true, needs)).doesNotThrowAnyException();
  }

  private void assertUnmet(ErrorCode code, StagingNeed... needs) {
    for (boolean dryRun : new boolean[] {false, true}) {
      assertUnmet(dryRun, code, "", needs);
    }
  }

  private void assertUnmet(boolean dryRun, ErrorCode code, String message, StagingNeed... needs) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> require(dryRun, needs))
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
        .withMessageContaining(message);
  }

  private void user(String text) throws IOException {
    Files.writeString(git.home().resolve(".gitconfig"), text, StandardOpenOption.APPEND);
  }

  @Test
  void nothingIsNeededOfAnEmptyRepositoryButForWhatStandsOnACommit() {
    assertMet();
    assertUnmet(Codes.REPO_EMPTY, COMMIT);
    assertUnmet(Codes.REPO_EMPTY, TAG);
    assertUnmet(Codes.REPO_EMPTY, NOTE);
    git.commit("a.txt", "1\n", "one");
    assertMet(COMMIT, TAG, NOTE, new StagingNeed.Call("other"));
    git.git("switch", "-q", "--orphan", "unborn");
    assertUnmet(Codes.REPO_EMPTY, COMMIT);
  }

  @Test
  void aCommitNeedsABranchAndATagDoesNot() {
    git.commit("a.txt", "1\n", "one");
    git.git("checkout", "-q", "--detach");
    assertUnmet(Codes.HEAD_DETACHED, COMMIT);
    assertMet(TAG, NOTE);
  }

  @Test
  void operationsInProgress() {
    git.commit("CHANGELOG.md", "1\n", "one");
    git.git("switch", "-qc", "side");
    git.commit("CHANGELOG.md", "theirs\n", "theirs");
    git.git("switch", "-q", "main");
    git.commit("CHANGELOG.md", "ours\n", "ours");
    for (var operation : List.of("merge", "rebase", "cherry-pick", "revert")) {
      var what = operation.equals("revert") ? "HEAD~1" : "side";
      assertThat(git.run(operation, what).status()).as(operation).isNotZero();
      assertUnmet(Codes.REPO_IN_PROGRESS, COMMIT);
      assertMet(TAG, NOTE);
      git.git(operation, "--abort");
      assertMet(COMMIT);
    }
  }

  /** After {@code git stash pop} only the index knows. */
  @Test
  void aConflictWithoutAnOperation() {
    git.commit("CHANGELOG.md", "1\n", "one");
    git.write("CHANGELOG.md", "stashed\n");
    git.git("stash", "-q");
    git.commit("CHANGELOG.md", "2\n", "two");
    assertThat(git.run("stash", "pop").status()).isNotZero();
    assertUnmet(Codes.REPO_IN_PROGRESS, COMMIT);
    assertUnmet(Codes.REPO_IN_PROGRESS, new StagingNeed.Commit(List.of("*.md")));
    assertUnmet(Codes.REPO_IN_PROGRESS, new StagingNeed.Commit(List.of(".")));
    assertMet(new StagingNeed.Commit(List.of("other.txt", "docs")));
    assertMet(new StagingNeed.Commit(List.of(".", ":!CHANGELOG.md")));
  }

  @Test
  void pathsThatNoCommitCanContain() throws IOException {
    git.commit("a.txt", "1\n", "one");
    Files.createSymbolicLink(git.root().resolve("link"), directory);
    for (var path : List.of("/etc/passwd", "../x", ".git/config", ":(nonsense)x")) {
      assertUnmet(Codes.OUTPUT_FORBIDDEN_PATH, new StagingNeed.Commit(List.of(path)));
    }
    assertUnmet(Codes.OUTPUT_SYMLINK, new StagingNeed.Commit(List.of("link/x")));
    // Steps may write it.
    assertMet(new StagingNeed.Commit(List.of("not/yet/there")));
  }

  @Test
  void namesOfTagsAndNotes() {
    git.commit("a.txt", "1\n", "one");
    git.git("tag", "v1");
    git.git("tag", "folder/x");
    git.git("notes", "--ref", "review", "add", "-m", "n");
    assertUnmet(Codes.REF_EXISTS, new StagingNeed.Tag("v1"));
    assertUnmet(Codes.REF_EXISTS, new StagingNeed.Tag("v1/x"));
    assertUnmet(Codes.REF_EXISTS, new StagingNeed.Tag("folder"));
    assertUnmet(Codes.REF_INVALID, new StagingNeed.Tag("a..b"));
    assertMet(new StagingNeed.Tag("v2"), new StagingNeed.Note("refs/notes/review"));
    assertUnmet(Codes.REF_EXISTS, new StagingNeed.Note("refs/notes/review/x"));
    assertUnmet(Codes.REF_INVALID, new StagingNeed.Note("refs/notes/a..b"));
    assertUnmet(Codes.REF_INVALID, new StagingNeed.Note("refs/heads/x"));
  }

  @Test
  void aBareRepository() {
    git.commit("a.txt", "1\n", "one");
    git.git("clone", "-q", "--bare", git.root().toString(), directory + "/bare.git");
    try (var gitvan = Receipts.open(environment, Failpoint.NONE);
        var tx =
            gitvan.transactions.begin(
                gitvan.repositories.discover(directory.resolve("bare.git")), false)) {
      assertThatExceptionOfType(GitVanException.class)
          .isThrownBy(() -> tx.require(List.of(COMMIT)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.REPO_BARE));
      tx.require(List.of(TAG, NOTE));
    }
  }

  @Test
  void anIdentityForWhatIsMadeByThatUser() throws IOException {
    git.commit("a.txt", "1\n", "one");
    Files.writeString(git.home().resolve(".gitconfig"), "[committer]\n\tname = C\n\temail = c@x\n");
    environment.keySet().removeIf(name -> name.matches("EMAIL|GIT_(AUTHOR|COMMITTER)_.*"));
    assertUnmet(Codes.IDENTITY_MISSING, COMMIT);
    assertMet(TAG, NOTE);
    Files.writeString(git.home().resolve(".gitconfig"), "");
    assertUnmet(Codes.IDENTITY_MISSING, TAG);
    assertMet(NOTE);
  }

  @Test
  void aProgramAndAKeyToSignWith() throws IOException {
    git.commit("a.txt", "1\n", "one");
    var failed = Codes.SIGNING_FAILED;
    user("[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = /does/not/exist\n");
    assertUnmet(false, failed, "commit.gpgSign: ", COMMIT);
    assertMet(TAG, NOTE);
    require(true, COMMIT); // A dry run signs nothing.
    user("[tag]\n\tforceSignAnnotated = true\n");
    assertUnmet(false, failed, "tag.forceSignAnnotated: ", TAG);
    user("[tag]\n\tgpgSign = true\n[gpg]\n\tprogram = no-such-program\n");
    assertUnmet(false, failed, "tag.gpgSign: ", TAG);
    user("[gpg]\n\tformat = magic\n");
    assertUnmet(false, failed, "gpg.format `magic`", COMMIT);
    Machine.needsProgram("ssh-keygen");
    user("[gpg]\n\tformat = ssh\n");
    assertUnmet(false, failed, "user.signingKey is not set", COMMIT);
    user("[user]\n\tsigningKey = ~/id\n");
    assertUnmet(false, failed, "there is no key file ~/id", COMMIT);
    Files.writeString(git.home().resolve("id"), "a key\n");
    require(false, COMMIT, TAG);
  }

  /** GnuPG knows its keys; another program of the user's is not called in vain. */
  @Test
  void aSecretKeyOfGnuPg() throws IOException {
    Machine.needsProgram("gpg");
    git.commit("a.txt", "1\n", "one");
    var home = Files.createDirectory(git.home().resolve("gnupg"));
    assertThat(git.exec(List.of("chmod", "700", home.toString()), Map.of()).status()).isZero();
    environment.put("GNUPGHOME", home.toString());
    user("[commit]\n\tgpgSign = true\n[user]\n\tsigningKey = 0123456789ABCDEF\n");
    assertUnmet(false, Codes.SIGNING_FAILED, "gpg has no secret key for 0123456789ABCDEF", COMMIT);
    var wrapper = git.home().resolve("wrapper");
    Files.writeString(wrapper, "#!/bin/sh\ntouch " + git.home() + "/called\nexit 2\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    user("[gpg]\n\tprogram = " + wrapper + "\n");
    require(false, COMMIT);
    assertThat(git.home().resolve("called")).doesNotExist();
  }
}

package dev.gitvan.git.jgit.internal.refs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.Remains;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.write.Receipts;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intents that are damaged, or that somebody else has written. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(300)
class IntentsTest {
  private static final Logger LOG = Logger.getLogger(PlanReader.class.getName());
  private static final Logger READER_LOG = Logger.getLogger(JGitGit.class.getName());
  private static final Logger TRANSACTION_LOG = Logger.getLogger(RefTransaction.class.getName());
  private static final Owner DEAD = dead();
  private static final String BRANCH = "refs/heads/main";
  private static final String TAG = "refs/tags/v1";

  @TempDir Path directory;
  private GitSandbox git;
  private Path precious;
  private ObjectId before;
  private ObjectId after;
  private Receipts gitvan;
  private JGitGit service;
  private WorktreeId worktree;
  private Intents intents;

  private static Owner dead() {
    var self = Owner.self();
    return new Owner(Long.MAX_VALUE, "", self.boot(), self.host(), self.namespace());
  }

  @BeforeEach
  void open() throws IOException {
    git = GitSandbox.init(directory);
    before = ObjectId.fromString(git.commit("a.txt", "1\n", "one"));
    after = ObjectId.fromString(git.commit("a.txt", "2\n", "two"));
    git.git("reset", "-q", "--hard", before.name());
    precious = Files.writeString(git.home().resolve("precious"), "mine\n");
    gitvan = Receipts.open(git);
    service = new JGitGit(gitvan.repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    worktree = git.worktree();
    intents = new Intents(worktree.repository());
    LOG.setLevel(Level.OFF); // Each plan that is ignored is logged.
  }

  @AfterEach
  void close() {
    gitvan.close();
    LOG.setLevel(null);
  }

  private Path dotGit() {
    return git.root().resolve(".git");
  }

  /** What every verb does first. */
  private void read() {
    assertThat(service.discover(git.root())).isEqualTo(worktree);
  }

  /** What a process leaves that died when it held its locks and had written down its plan. */
  private byte[] plan() throws IOException {
    var refs = new RefFiles(worktree);
    var locks =
        List.of(
            refs.lock(BRANCH),
            refs.lock(TAG),
            RefTransaction.lock(refs.packed()),
            RefTransaction.lock(index()));
    var intent = new Intent(intents, UUID.randomUUID() + Intent.SUFFIX, DEAD, locks, index());
    intent.write();
    var line = before.name() + " " + after.name() + " A <a@example.org> 1 +0000\tone line\n";
    var log = dotGit().resolve("logs");
    intent.plan(
        List.of(new Move(BRANCH, before, after, null, ""), new Move(TAG, null, after, null, "")),
        List.of(
            new Reflog.Entry(log.resolve(BRANCH), line),
            new Reflog.Entry(log.resolve("HEAD"), line)));
    var content = Files.readAllBytes(intent.file());
    Files.delete(intent.file());
    return content;
  }

  private Path index() {
    return dotGit().resolve("index");
  }

  /** Puts an intent in its place, with its locks as links to it. */
  private Path leave(byte[] content, String... locks) throws IOException {
    var text = new String(content, StandardCharsets.ISO_8859_1);
    int id = text.indexOf("id=") + 3;
    int end = text.indexOf('\n', id);
    var name = id > 2 && end > id ? text.substring(id, end) : "torn.intent";
    if (!name.matches("[0-9a-z-]+[.]intent")) {
      name = "torn.intent";
    }
    intents.createFolder();
    var file = Files.write(intents.folder().resolve(name), content);
    for (var lock : locks) {
      var path = dotGit().resolve(lock);
      Files.createDirectories(path.getParent());
      Files.deleteIfExists(path);
      Files.createLink(path, file);
    }
    return file;
  }

  private static final String[] LOCKS = {
    "refs/heads/main.lock", "refs/tags/v1.lock", "packed-refs.lock", "index.lock"
  };

  private void assertUsable() {
    assertThat(precious).hasContent("mine\n");
    for (var lock : LOCKS) {
      assertThat(dotGit().resolve(lock)).doesNotExist();
    }
    assertThat(git.git("rev-parse", "HEAD")).isEqualTo(before.name());
    assertThat(git.git("status", "--porcelain")).isEmpty();
    Remains.assertSound(git);
    gitvan.run(worktree, Receipts.id(1));
    assertThat(git.git("notes", "--ref", "gitvan/results", "show")).contains(Receipts.id(1));
  }

  /** Shown to fail when a cut line is taken for a whole one. */
  @Test
  void everyCutOfAPlanGivesTheLocksBack() throws IOException {
    var whole = plan();
    int head = new String(whole, StandardCharsets.UTF_8).indexOf("move=");
    for (int cut = 0; cut < whole.length - 1; cut++) {
      // Before its head is whole, no lock is taken.
      var file = leave(Arrays.copyOf(whole, cut), cut < head ? new String[0] : LOCKS);
      read();
      if (cut >= head) {
        assertThat(file).as("cut at " + cut).doesNotExist();
        for (var lock : LOCKS) {
          assertThat(dotGit().resolve(lock)).as("cut at " + cut).doesNotExist();
        }
      }
      Files.deleteIfExists(file);
    }
    assertUsable();
  }

  /** Whatever it has become, no reader fails, and nothing outside is written. */
  @Test
  void noChangedByteMakesAReaderFail() throws IOException {
    var whole = plan();
    var log = git.git("reflog", "show", "main");
    for (int at = 0; at < whole.length; at++) {
      for (byte other : new byte[] {0, '/', '\n', (byte) (whole[at] ^ 0x40)}) {
        var changed = whole.clone();
        changed[at] = other;
        var file = leave(changed, LOCKS);
        read();
        Files.deleteIfExists(file);
        for (var lock : LOCKS) {
          Files.deleteIfExists(dotGit().resolve(lock));
        }
      }
    }
    assertUsable();
    assertThat(git.git("reflog", "show", "main")).isEqualTo(log);
  }

  /** The refs have moved, and all that is asked for after that leads out of the repository. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "log=PRECIOUS\nline=LINE",
        "log=logs/../../home/precious\nline=LINE",
        "log=../home/precious\nline=LINE",
        "log=logs/linked\nline=LINE",
        "log=logs/refs/linked/precious\nline=LINE",
        "log=config\nline=LINE",
        "log=hooks/post-commit\nline=LINE",
        "log=logs/HEAD\nline=evil\n",
        "log=logs/HEAD\nline=LINEevil%0A",
        "log=logs/refs/heads/other\nline=LINE",
        "move=ZERO ZERO refs/linked/precious",
        "move=ZERO ZERO refs/../../home/precious",
        "lock=PRECIOUS",
        "lock=../home/precious.lock",
        "index=../home/precious",
        "index=config",
        "index=PRECIOUS"
      })
  void noIntentLeadsOutOfTheRepository(String lines) throws IOException {
    Files.createSymbolicLink(dotGit().resolve("logs/linked"), precious);
    Files.createSymbolicLink(dotGit().resolve("logs/refs/linked"), git.home());
    git.git("update-ref", "refs/heads/main", after.name());
    git.git("tag", "v1", after.name());
    var config = git.read(".git/config");
    var head = git.read(".git/logs/HEAD");
    var line = before.name() + " " + after.name() + " A <a@example.org> 1 +0000\tone%0A";
    var more =
        lines
            .replace("PRECIOUS", precious.toString())
            .replace("ZERO", ObjectId.zeroId().name())
            .replace("LINE", line);
    var plan = new String(plan(), StandardCharsets.UTF_8);
    leave(plan.replace("planned=", more + "\nplanned=").getBytes(StandardCharsets.UTF_8), LOCKS);
    Files.writeString(dotGit().resolve("hooks/post-commit"), "# mine\n");
    read();
    assertThat(precious).hasContent("mine\n");
    assertThat(git.read(".git/config")).isEqualTo(config);
    assertThat(git.read(".git/hooks/post-commit")).isEqualTo("# mine\n");
    assertThat(git.read(".git/logs/HEAD")).isEqualTo(head);
    for (var lock : LOCKS) {
      assertThat(dotGit().resolve(lock)).doesNotExist();
    }
  }

  /** The plan is GitVan's own, but the repository leads its logs elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"logs", "logs/refs", "logs/refs/heads", "logs/refs/heads/main"})
  void noPlanIsFinishedThroughALink(String link) throws IOException {
    git.git("update-ref", "refs/heads/main", after.name());
    git.git("tag", "v1", after.name());
    var plan = plan();
    var elsewhere = git.home().resolve("elsewhere");
    Files.move(dotGit().resolve(link), elsewhere);
    Files.createSymbolicLink(dotGit().resolve(link), elsewhere);
    var log = git.read(".git/logs/refs/heads/main");
    leave(plan, LOCKS);
    read();
    assertThat(git.read(".git/logs/refs/heads/main")).isEqualTo(log);
    for (var lock : LOCKS) {
      assertThat(dotGit().resolve(lock)).doesNotExist();
    }
  }

  /** A link to an intent is no lock of it, and what is behind a linked folder is not removed. */
  @Test
  void noLockIsRemovedThroughALink() throws IOException {
    var elsewhere = Files.createDirectories(git.home().resolve("elsewhere"));
    Files.createSymbolicLink(dotGit().resolve("refs/linked"), elsewhere);
    var text = new String(plan(), StandardCharsets.UTF_8);
    var changed = text.replaceFirst("lock=.*", "lock=refs/linked/a.lock");
    var file = leave(changed.getBytes(StandardCharsets.UTF_8), LOCKS);
    var lock = Files.createLink(elsewhere.resolve("a.lock"), file);
    read();
    assertThat(file).doesNotExist();
    assertThat(lock).exists();
  }

  /** The other side: a reader finishes a plan that GitVan has written. */
  @Test
  void aWholePlanIsFinishedByWhoeverOpensTheRepository() throws IOException {
    git.git("update-ref", "refs/heads/main", after.name());
    git.git("update-ref", "refs/tags/v1", after.name());
    Files.delete(dotGit().resolve("logs/refs/heads/main"));
    leave(plan(), LOCKS);
    read();
    assertThat(git.git("reflog", "show", "--format=%gs", "main")).isEqualTo("one line");
    assertThat(intents.list()).isEmpty();
    for (var lock : LOCKS) {
      assertThat(dotGit().resolve(lock)).doesNotExist();
    }
  }

  /** Users who want to get rid of a lock may remove the folder instead of the lock. */
  @Test
  void aLockWhoseIntentIsGoneIsGivenBack() throws IOException {
    var file = leave(plan(), LOCKS);
    Files.delete(file);
    Files.delete(intents.folder());
    read();
    assertUsable();
    // Where the index is not locked, the run that meets the lock clears it.
    file = leave(plan(), "refs/heads/main.lock");
    Files.delete(file);
    read();
    assertThat(dotGit().resolve("refs/heads/main.lock")).exists();
    git.write("new.txt", "1\n");
    gitvan.run(worktree, Receipts.id(2), "new.txt");
    assertThat(Remains.of(git)).isEmpty();
  }

  @Test
  void whoMayNotWriteReadsOnly() throws IOException {
    var file = leave(plan(), LOCKS);
    var before = Files.getPosixFilePermissions(dotGit());
    Files.setPosixFilePermissions(dotGit(), PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(dotGit())).as("not root").isFalse();
      read();
      assertThat(file).exists();
    } finally {
      Files.setPosixFilePermissions(dotGit(), before);
    }
  }

  /** Opening a FIFO would never end. */
  @Test
  void whatIsNoFileIsPassedOver() throws IOException {
    intents.createFolder();
    for (var name : List.of("intents/a.intent", "receipts-tip", "spare")) {
      mkfifo(dotGit().resolve("gitvan").resolve(name));
    }
    Files.createDirectory(intents.folder().resolve("b.intent"));
    Files.createSymbolicLink(intents.folder().resolve("c.intent"), precious);
    leave(plan(), LOCKS);
    read();
    assertThat(ReceiptsTip.read(worktree.repository())).isNull();
    assertUsable();
    assertThat(ReceiptsTip.read(worktree.repository())).isNotNull();
  }

  @Test
  void aSpecialFileInPlaceOfTheRecoveryLockIsReportedToWriters() throws IOException {
    leave(plan(), LOCKS);
    var lock = dotGit().resolve("gitvan/recovery.lock");
    mkfifo(lock);
    READER_LOG.setLevel(Level.OFF);
    try {
      read();
    } finally {
      READER_LOG.setLevel(null);
    }
    assertThatThrownBy(() -> gitvan.transactions.begin(worktree, false))
        .hasMessageContaining(lock + ": a special file is where GitVan keeps a file of its own");
    Files.delete(lock);
    read();
    assertUsable();
  }

  @Test
  void aLinkInPlaceOfTheTipIsReplaced() throws IOException {
    intents.createFolder();
    var repository = worktree.repository();
    Files.createSymbolicLink(repository.stateDir().resolve("receipts-tip"), precious);
    assertThat(ReceiptsTip.read(repository)).isNull();
    assertUsable();
    assertThat(ReceiptsTip.read(repository))
        .isEqualTo(ObjectId.fromString(git.git("rev-parse", "refs/notes/gitvan/results")));
  }

  @Test
  void noCutOfTheTipIsATip() throws IOException {
    var repository = worktree.repository();
    ReceiptsTip.write(repository, after);
    var file = repository.stateDir().resolve("receipts-tip");
    var whole = Files.readAllBytes(file);
    for (int cut = 0; cut < 40; cut++) {
      Files.write(file, Arrays.copyOf(whole, cut));
      assertThat(ReceiptsTip.read(repository)).isNull();
    }
    // Of a repository that does not have that object.
    Files.writeString(file, "1".repeat(40) + "\n");
    assertUsable();
  }

  /** Refused before the first step, which could not be undone. */
  @ParameterizedTest
  @ValueSource(strings = {"a symbolic link", "a file", "a special file"})
  void whatIsInPlaceOfTheFolderIsRefusedByName(String kind) throws IOException {
    var elsewhere = Files.createDirectory(git.home().resolve("elsewhere"));
    var state = dotGit().resolve("gitvan");
    switch (kind) {
      case "a symbolic link" -> Files.createSymbolicLink(state, elsewhere);
      case "a file" -> Files.writeString(state, "");
      default -> mkfifo(state);
    }
    read();
    assertThat(gitvan.transactions.receipts(worktree, ReceiptQuery.newest(1))).isEmpty();
    gitvan.transactions.begin(worktree, true).close();
    assertThatThrownBy(() -> gitvan.transactions.begin(worktree, false))
        .isInstanceOf(GitVanException.class)
        .hasMessageContaining(state + ": " + kind + " is where GitVan keeps a folder of its own")
        .extracting(e -> ((GitVanException) e).code())
        .isEqualTo(Codes.IO_ERROR);
    assertThat(elsewhere).isEmptyDirectory();
  }

  /** Git follows it; but the identity in the line may come from the repository. */
  @Test
  void aReflogThatIsALinkIsNotFollowed() throws IOException {
    var log = dotGit().resolve("logs/HEAD");
    Files.delete(log);
    Files.createSymbolicLink(log, precious);
    git.write("new.txt", "1\n");
    TRANSACTION_LOG.setLevel(Level.OFF);
    try {
      gitvan.run(worktree, Receipts.id(1), "new.txt");
    } finally {
      TRANSACTION_LOG.setLevel(null);
    }
    assertThat(git.git("log", "-1", "--format=%s")).isEqualTo("docs: update");
    assertThat(precious).hasContent("mine\n");
  }

  private void mkfifo(Path file) {
    assertThat(git.exec(List.of("mkfifo", file.toString()), Map.of()).status()).isZero();
  }
}

package dev.gitvan.git.jgit.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.git.jgit.internal.settings.UserSettings;
import dev.gitvan.job.Deadline;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command is run as it must be; a script stands in for {@code git} where it has to misbehave.
 */
class GitCommandTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final GitCommand command = new GitCommand(new LocalLauncher());
  private GitSandbox git;
  private Path bin;

  @BeforeEach
  void sandbox() throws IOException {
    git = GitSandbox.init(directory);
    bin = Files.createDirectory(directory.resolve("bin"));
  }

  private void fake(String version, String body) throws IOException {
    var file = bin.resolve("git");
    Files.writeString(
        file,
        "#!/bin/sh\nif [ \"$1\" = version ]; then echo 'git version "
            + version
            + "'; exit 0; fi\n"
            + body
            + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Map<String, String> environment(String path) {
    var environment = new HashMap<>(git.environment());
    environment.put("PATH", path);
    return environment;
  }

  private Map<String, String> fakeFirst() {
    return environment(bin + ":" + System.getenv("PATH"));
  }

  private GitOutput run(Map<String, String> environment, Duration limit, GitCall call) {
    var caller = new Caller(environment, () -> Deadline.in(limit), () -> {});
    var settings = Settings.read(new UserSettings(environment), git.worktree());
    return command.run(git.worktree(), settings, caller, call);
  }

  private GitVanException refused(Map<String, String> environment, Duration limit, GitCall call) {
    var refusal = catchThrowableOfType(GitVanException.class, () -> run(environment, limit, call));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private long child() throws IOException {
    var file = git.root().resolve("child.pid");
    long end = System.nanoTime() + LONG.toNanos();
    while (!Files.exists(file) || Files.readString(file).isBlank()) {
      assertThat(System.nanoTime()).as("the child has begun").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
    return Long.parseLong(Files.readString(file).strip());
  }

  /** A process that has ended counts as such also while nobody has asked how it ended. */
  private static void assertEnds(long pid) {
    long end = System.nanoTime() + LONG.toNanos();
    while (ProcessHandle.of(pid).isPresent() && !isZombie(pid)) {
      assertThat(System.nanoTime()).as("process " + pid + " ends").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static boolean isZombie(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false;
    }
  }

  private static final String STUBBORN =
      "(trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > child.pid.new; mv child.pid.new child.pid;"
          + " while :; do sleep 1; done') & wait; while :; do sleep 1; done";

  /**
   * Under load, the child may not have begun at the first limits. Shown to fail when only the
   * process itself was ended: the child lived on.
   */
  @Test
  void atTheDeadlineTheWholeGroupEnds() throws IOException {
    fake("2.50.0", STUBBORN);
    var limit = Duration.ofSeconds(1);
    do {
      var timeout = refused(fakeFirst(), limit, GitCall.reading("log"));
      assertThat(timeout.code()).isEqualTo(Codes.TIMEOUT);
      limit = limit.multipliedBy(2);
    } while (Files.notExists(git.root().resolve("child.pid")));
    assertEnds(child());
  }

  /** Shown to fail when only the process itself was ended: the child lived on. */
  @Test
  void anInterruptedThreadEndsTheWholeGroup() throws Exception {
    fake("2.50.0", STUBBORN);
    var refusal = new AtomicReference<GitVanException>();
    var interrupted = new AtomicReference<Boolean>();
    var thread =
        new Thread(
            () -> {
              refusal.set(refused(fakeFirst(), LONG, GitCall.reading("log")));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    long child = child();
    thread.interrupt();
    thread.join(LONG.toMillis());
    assertThat(refusal.get().code()).isEqualTo(Codes.INTERRUPTED);
    assertThat(interrupted.get()).isTrue();
    assertEnds(child);
  }

  @Test
  void whatPrintsWithoutEndIsEnded() throws IOException {
    fake("2.50.0", "while :; do echo 0123456789012345678901234567890123456789; done");
    var refusal = refused(fakeFirst(), LONG, GitCall.reading("log"));
    assertThat(refusal.code()).isEqualTo(Codes.OUTPUT_LIMIT);
  }

  @Test
  void messagesWithoutEndDoNotBlock() throws IOException {
    fake(
        "2.50.0", "i=0; while [ $i -lt 20000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo ok");
    var output = run(fakeFirst(), LONG, GitCall.reading("log"));
    assertThat(output.text()).isEqualTo("ok");
    assertThat(output.err().length()).isEqualTo(64 * 1024);
  }

  /**
   * Aimed at credential daemons and shared connections, which hold the output for minutes. Whether
   * they are ended or let go depends on who sees Git's end first, the reader or the JVM.
   */
  @Test
  void whatStaysInTheBackgroundIsNotWaitedFor() throws IOException {
    fake("2.50.0", "sleep 600 & echo $! > child.pid; echo ok");
    assertThat(run(fakeFirst(), LONG, GitCall.reading("log")).text()).isEqualTo("ok");
    ProcessHandle.of(child()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void theEnvironmentIsCleanAndAsksNobody() throws IOException {
    fake("2.50.0", "env");
    var environment = new HashMap<>(fakeFirst());
    var local = git.git("rev-parse", "--local-env-vars").split("\n");
    for (var name : local) {
      environment.put(name, "1");
    }
    environment.putAll(
        Map.ofEntries(
            Map.entry("GIT_CONFIG_KEY_0", "user.name"),
            Map.entry("GIT_CONFIG_VALUE_0", "From The Environment"),
            Map.entry("GIT_CONFIG_PARAMETERS", "'user.email'='me@example.org'"),
            Map.entry("GIT_TRACE", "1"),
            Map.entry("GIT_EXTERNAL_DIFF", "evil"),
            Map.entry("GIT_ASKPASS", "evil"),
            Map.entry("SSH_ASKPASS", "evil"),
            Map.entry("GIT_EDITOR", "evil"),
            Map.entry("LC_MESSAGES", "de_DE.UTF-8"),
            Map.entry("LANGUAGE", "de"),
            Map.entry("OTHER", "kept")));
    var seen = new HashMap<String, String>();
    run(environment, LONG, GitCall.reading("log"))
        .lines()
        .forEach(line -> seen.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    var ours =
        new TreeSet<>(
            List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_CONFIG_COUNT", "GIT_NO_REPLACE_OBJECTS"));
    assertThat(seen.keySet()).contains("OTHER").containsAll(ours);
    for (var name : local) {
      if (!ours.contains(name)) {
        assertThat(seen).doesNotContainKey(name);
      }
    }
    assertThat(seen)
        .doesNotContainKeys("GIT_TRACE", "GIT_EXTERNAL_DIFF", "LC_MESSAGES", "LANGUAGE")
        .containsEntry("LC_ALL", "C")
        .containsEntry("TZ", "UTC")
        .containsEntry("GIT_TERMINAL_PROMPT", "0")
        .containsEntry("GIT_ASKPASS", "")
        .containsEntry("SSH_ASKPASS", "")
        .containsEntry("GIT_EDITOR", ":")
        .containsEntry("GIT_SSH_COMMAND", "ssh -oBatchMode=yes")
        .containsEntry("GIT_ALLOW_PROTOCOL", "file:http:https:ssh")
        .containsEntry("GIT_DIR", git.root().resolve(".git").toString())
        .containsEntry("GIT_CONFIG_KEY_0", "user.name")
        .containsEntry("GIT_CONFIG_VALUE_0", "From The Environment")
        .containsEntry("GIT_CONFIG_KEY_1", "user.email")
        .containsEntry("GIT_CONFIG_VALUE_1", "me@example.org");
  }

  /** What the user names stays; what the repository names never takes its place. */
  @Test
  void theUsersOwnProgramsStay() throws IOException {
    fake("2.50.0", "env");
    Files.writeString(
        git.home().resolve(".gitconfig"),
        """
        [core]
        	sshCommand = ssh -i ~/.ssh/work
        [credential]
        	helper = cache
        [credential "https://example.org"]
        	helper = store
        [filter "lfs"]
        	process = git-lfs filter-process
        	required = true
        [gpg]
        	program = my-gpg
        """);
    git.git("config", "core.sshCommand", "evil");
    git.git("config", "credential.helper", "!evil");
    git.git("config", "credential.https://example.org.helper", "!evil");
    git.git("config", "filter.lfs.process", "evil");
    git.git("config", "filter.own.clean", "evil");
    git.git("config", "gpg.program", "evil");
    git.git("config", "remote.origin.uploadpack", "evil");
    var output = run(fakeFirst(), LONG, GitCall.changing("log")).text();
    assertThat(output).contains("GIT_SSH_COMMAND=ssh -i ~/.ssh/work -oBatchMode=yes");
    var settings = settings(output);
    assertThat(settings)
        .containsSubsequence(
            "credential.helper=",
            "credential.helper=cache",
            "credential.https://example.org.helper=store")
        .contains("filter.lfs.process=git-lfs filter-process", "gpg.program=my-gpg")
        .contains("filter.own.clean=", "filter.own.required=true")
        .contains("remote.origin.uploadpack=git-upload-pack", "core.hooksPath=/dev/null")
        .noneMatch(setting -> setting.contains("evil"));
    assertThat(settings(run(fakeFirst(), LONG, GitCall.changing("log").hooks(true)).text()))
        .noneMatch(setting -> setting.startsWith("core.hooksPath"));
  }

  private static List<String> settings(String output) {
    var values = new HashMap<String, String>();
    output.lines().forEach(line -> values.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    int count = Integer.parseInt(values.get("GIT_CONFIG_COUNT"));
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(
            i -> values.get("GIT_CONFIG_KEY_" + i) + "=" + values.get("GIT_CONFIG_VALUE_" + i))
        .toList();
  }

  @Test
  void aGitThatIsTooOldIsRefused() throws IOException {
    fake("2.30.2", "echo no");
    var old = refused(fakeFirst(), LONG, GitCall.reading("log"));
    assertThat(old.code()).isEqualTo(Codes.GIT_UNAVAILABLE);
    assertThat(old.getMessage()).contains("2.30").contains("2.31");
    fake("2.37.9", "echo no");
    var needy = refused(fakeFirst(), LONG, GitCall.reading("merge-tree").needs(2, 38));
    assertThat(needy.code()).isEqualTo(Codes.GIT_UNAVAILABLE);
    assertThat(needy.getMessage()).contains("2.38");
  }

  /** A relative folder on the path would be the repository's. */
  @Test
  void aGitInTheRepositoryIsNotFound() throws IOException {
    fake("2.50.0", "touch ran");
    Files.copy(bin.resolve("git"), git.root().resolve("git"));
    assertThat(git.root().resolve("git").toFile().setExecutable(true)).isTrue();
    var refusal = refused(environment(".::bin"), LONG, GitCall.reading("log"));
    assertThat(refusal.code()).isEqualTo(Codes.GIT_UNAVAILABLE);
    assertThat(git.root().resolve("ran")).doesNotExist();
  }

  @Test
  void itReadsWhatItIsGiven() {
    var environment = environment(System.getenv("PATH"));
    var call = GitCall.reading("hash-object", "--stdin").reads("hello\n".getBytes());
    assertThat(run(environment, LONG, call).text())
        .isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
  }

  @Test
  void messagesBecomeCodes() throws IOException {
    var environment = environment(System.getenv("PATH"));
    git.commit("a", "1\n", "one");
    var lock = git.root().resolve(".git/index.lock");
    Files.createFile(lock);
    git.write("a", "2\n");
    assertThat(refused(environment, LONG, GitCall.changing("add", "a")).code())
        .isEqualTo(Codes.REPO_LOCKED);
    Files.delete(lock);
    assertThat(refused(environment, LONG, GitCall.changing("branch", "main")).code())
        .isEqualTo(Codes.REF_EXISTS);
    assertThat(refused(environment, LONG, GitCall.changing("branch", "a..b")).code())
        .isEqualTo(Codes.REF_INVALID);
    assertThat(refused(environment, LONG, GitCall.changing("branch", "b", "nope")).code())
        .isEqualTo(Codes.OBJECT_NOT_FOUND);
    var failed = refused(environment, LONG, GitCall.changing("no-such-command"));
    assertThat(failed.code()).isEqualTo(Codes.GIT_FAILED);
    assertThat(failed.getMessage()).contains("no-such-command").doesNotContain("\n");
  }
}

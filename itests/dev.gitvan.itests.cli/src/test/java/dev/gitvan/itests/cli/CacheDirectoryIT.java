package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The user's cache directory where nothing can be written. The framework's own files are in it, so
 * without them no command runs, and says so; where only the store on disk is out of reach,
 * everything but the store itself works.
 */
class CacheDirectoryIT {
  private static final int OUTPUTS = 300;

  /** More than the framework's files take, less than the store on disk leaves free. */
  private static final int FREE_KIB = 2048;

  /** A file system in the place of {@code $1}, with the class archive and the store from there. */
  private static final String MOUNTED =
      """
      cache=$1; free=$2; shift 2
      mkdir -p "$cache/classes" "$cache/disk" "$cache.kept"
      mount --bind "$cache" "$cache.kept" && mount -t tmpfs -o size=32m tmpfs "$cache" || exit 77
      mkdir "$cache/classes" "$cache/framework"
      mount --bind "$cache.kept/classes" "$cache/classes" || exit 77
      cp -a "$cache.kept/disk" "$cache"
      dd if=/dev/zero of="$cache/fill" bs=1k 2>/dev/null
      truncate -s "-${free}k" "$cache/fill"
      exec "$@"
      """;

  private static final String READ_ONLY =
      """
      mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 77
      shift
      exec "$@"
      """;

  @TempDir Path directory;
  private Repository repository;
  private Gitvan gitvan;
  private Path cache;

  @BeforeEach
  void prepare() {
    repository = Repository.withOneCommit(directory);
    repository.template("page.peb", "{{ title }} on {{ git.branch }}\n");
    repository.template("n.peb", "number {{ item }}\n");
    repository.job(
        "many",
        """
        steps:
          - { template: n.peb, for-each: "%s", to: "out/{{ item }}.txt" }
        """
            .formatted(
                numbers().mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"))));
    gitvan = repository.gitvan();
    cache = gitvan.home().resolve("cache");
  }

  /** Not a byte is left: whatever is asked for is refused in one line, before it has begun. */
  @ParameterizedTest
  @ValueSource(strings = {"GITVAN_HOME", "XDG_CACHE_HOME"})
  void fullFileSystem(String variable) {
    if (variable.equals("XDG_CACHE_HOME")) {
      var elsewhere = repository.sandbox().home().resolve("xdg");
      gitvan = gitvan.with("GITVAN_HOME", null).with(variable, elsewhere.toString());
      cache = elsewhere.resolve("gitvan");
    }
    var before = repository.state();
    var full = mounted(0);
    for (var command : commands()) {
      var problem = full.run(command).refused("DISK_FULL");
      assertThat(problem.place()).as(String.join(" ", command)).isEqualTo(cache.toString());
    }
    before.assertUntouched();
  }

  /**
   * There is room for the framework, and none for the store: what is rendered is right, and only
   * commands for the store itself report it.
   *
   * <p>Shown to fail while {@code cache verify} called it {@code IO_ERROR}, and said before that
   * nothing was damaged.
   */
  @Test
  void noRoomForTheStore() throws IOException {
    keepOutputs();
    var full = mounted(FREE_KIB);
    rendersAndRuns(full);
    assertThat(full.run("cache", "show").ok().out()).contains("L2 disk");
    var problem = full.run("cache", "verify").refused("DISK_FULL");
    assertThat(problem.place()).isEqualTo(cache.resolve("disk").toString());
    full.run("cache", "clear").ok();
  }

  /** The store is on a file system that nobody can write. */
  @Test
  void readOnlyStore() throws IOException {
    keepOutputs();
    var store = cache.resolve("disk");
    refusesOnlyTheStore(through(READ_ONLY, store.toString()));
  }

  /**
   * The store is another user's, who lets nobody look into it.
   *
   * <p>Shown to fail while a store that cannot be looked at counted as none: {@code cache clear}
   * said that it was cleared.
   */
  @ParameterizedTest
  @ValueSource(strings = {"755", "700"})
  void anotherUsersStore(String mode) throws IOException {
    keepOutputs();
    var store = cache.resolve("disk");
    giveAway(store, mode);
    refusesOnlyTheStore(withoutPrivileges());
  }

  /** All of the cache directory is another user's. */
  @Test
  void anotherUsersDirectory() throws IOException {
    keepOutputs();
    var before = repository.state();
    giveAway(cache, "755");
    var store = Snapshot.of(cache);
    for (var command : commands()) {
      var problem = withoutPrivileges().run(command).refused("ACCESS_DENIED");
      assertThat(problem.place()).isEqualTo(cache.resolve("framework").toString());
      assertThat(problem.message()).contains("GITVAN_HOME");
    }
    store.assertUnchanged();
    before.assertUntouched();
  }

  private void refusesOnlyTheStore(Gitvan restricted) throws IOException {
    var store = Snapshot.of(cache.resolve("disk"));
    rendersAndRuns(restricted);
    var disk =
        restricted.run("cache", "show").ok().out().lines().filter(l -> l.contains("L2 disk"));
    assertThat(disk).allMatch(line -> line.matches("rendered +L2 disk +- +- .*"));
    for (var verb : List.of("verify", "clear")) {
      var problem = restricted.run("cache", verb).refused("ACCESS_DENIED");
      assertThat(problem.place()).startsWith(cache.resolve("disk").toString());
    }
    store.assertUnchanged();
  }

  /** Leaves a store with outputs in it: a run that is long enough to open it. */
  private void keepOutputs() throws IOException {
    for (int i = 0; i < 20 && !Files.exists(cache.resolve("disk/seal")); i++) {
      removeOutputs();
      repository.run("-q", "run", "many").ok();
    }
    assertThat(cache.resolve("disk/seal")).exists();
    removeOutputs();
  }

  private void rendersAndRuns(Gitvan restricted) throws IOException {
    for (int i = 0; i < 2; i++) {
      var rendered = restricted.run("template", "render", "page.peb", "-d", "title=One").ok();
      assertThat(rendered.out()).isEqualTo("One on main\n");
      assertThat(rendered.err()).isEmpty();
    }
    assertThat(restricted.run("-q", "run", "many").ok().err()).isEmpty();
    for (int i = 1; i <= OUTPUTS; i++) {
      assertThat(repository.file("out/" + i + ".txt")).hasContent("number " + i + "\n");
    }
    repository.assertSound();
  }

  private void removeOutputs() {
    repository.sandbox().exec(List.of("rm", "-rf", "out"), Map.of());
  }

  private static List<String[]> commands() {
    return List.of(
        new String[] {"template", "render", "page.peb", "-d", "title=One"},
        new String[] {"-q", "run", "many"},
        new String[] {"cache", "show"},
        new String[] {"cache", "verify"},
        new String[] {"cache", "clear"});
  }

  private static IntStream numbers() {
    return IntStream.rangeClosed(1, OUTPUTS);
  }

  private Gitvan mounted(int freeKib) {
    return through(MOUNTED, cache.toString(), String.valueOf(freeKib));
  }

  /** Through a script that mounts something, which needs a system that lets us. */
  private Gitvan through(String script, String... arguments) {
    var trial =
        repository
            .sandbox()
            .exec(List.of("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"), Map.of());
    Machine.needs(trial.status() == 0, "nobody may mount a file system here: " + trial.err());
    var command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return gitvan.through(command.toArray(String[]::new));
  }

  private void giveAway(Path path, String mode) {
    var sandbox = repository.sandbox();
    Machine.needs(
        sandbox.exec(List.of("chown", "-R", "65534", path.toString()), Map.of()).status() == 0,
        "only root can give a directory away");
    sandbox.exec(List.of("chmod", mode, path.toString()), Map.of());
  }

  /** Root as any other user: what belongs to somebody else is not theirs to write or to change. */
  private Gitvan withoutPrivileges() {
    Machine.needsProgram("setpriv");
    return gitvan.through(
        "setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown");
  }
}

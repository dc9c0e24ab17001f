package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.job.spi.JobSource.Found;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of job sources. Extend it, supply the source, and implement how jobs are defined in
 * a worktree. Tests run in real repositories, without a kernel.
 */
public abstract class JobSourceContract extends Contract {
  @TempDir Path directory;
  @TempDir Path otherDirectory;
  private GitSandbox git;
  private JobSource source;
  private final Map<GitSandbox, WorktreeId> worktrees = new ConcurrentHashMap<>();

  /** Creates the source as its component would. */
  protected abstract JobSource source() throws Exception;

  /** Defines a valid job, or replaces its definition; its definition has the description. */
  protected abstract void define(GitSandbox repository, String name, String description)
      throws Exception;

  /** Defines an invalid job, or makes a valid one invalid. */
  protected abstract void defineInvalid(GitSandbox repository, String name) throws Exception;

  /** Removes the definition of a job. */
  protected abstract void remove(GitSandbox repository, String name) throws Exception;

  /** The configuration of a worktree, as the kernel would pass it. */
  protected Configuration configuration(WorktreeId worktree) {
    return new FakeConfiguration();
  }

  @BeforeEach
  void sandbox() throws Exception {
    git = GitSandbox.init(directory);
    worktree(git);
    source = source();
  }

  private WorktreeId worktree(GitSandbox repository) {
    return worktrees.computeIfAbsent(repository, GitSandbox::worktree);
  }

  private List<Found> list(JobSource from, GitSandbox repository) {
    var worktree = worktree(repository);
    return from.jobs(worktree, configuration(worktree));
  }

  private List<Found> list() {
    return list(source, git);
  }

  private Optional<Found> lookUp(GitSandbox repository, String name) {
    var worktree = worktree(repository);
    return source.find(worktree, configuration(worktree), name);
  }

  private Found find(GitSandbox repository, String name) {
    return lookUp(repository, name)
        .orElseThrow(() -> new AssertionError("there is no job " + name));
  }

  private JobDefinition definition(String name) {
    assertThat(find(git, name)).isInstanceOf(Found.Valid.class);
    return ((Found.Valid) find(git, name)).definition();
  }

  /** What can be compared: bodies may be new objects each time. */
  private static Object content(Found found) {
    return found instanceof Found.Valid valid ? valid.definition() : found;
  }

  private static List<Object> contents(List<Found> found) {
    return found.stream().map(JobSourceContract::content).toList();
  }

  @Test
  void definesJobsCompletely() throws Exception {
    define(git, "one", "The first");
    var one = definition("one");
    assertThat(one.name()).isEqualTo("one").matches(JobDefinition::isName);
    assertThat(one.description()).isEqualTo("The first");
    assertThat(one.origin().location()).isNotBlank();
    assertThat(one.timeout()).isPositive();
    assertThat(one.version()).isNotBlank();
    assertThat(one.fingerprint()).matches("[0-9a-f]{64}");
    assertThat(((Found.Valid) find(git, "one")).body()).isNotNull();
  }

  @Test
  void listsAndFindsTheSameJobs() throws Exception {
    define(git, "one", "The first");
    define(git, "two", "The second");
    defineInvalid(git, "broken");
    var listed = list();
    assertThat(listed).extracting(Found::name).contains("one", "two", "broken");
    assertThat(listed).extracting(Found::name).doesNotHaveDuplicates();
    for (var found : listed) {
      assertThat(content(find(git, found.name()))).isEqualTo(content(found));
    }
  }

  @Test
  void listsInAStableOrder() throws Exception {
    define(git, "b", "Some job");
    define(git, "c", "Some job");
    define(git, "a", "Some job");
    var names = list().stream().map(Found::name).toList();
    assertThat(list()).extracting(Found::name).containsExactlyElementsOf(names);
    assertThat(list(source(), git)).extracting(Found::name).containsExactlyElementsOf(names);
  }

  @Test
  void reportsInvalidDefinitions() throws Exception {
    define(git, "good", "Some job");
    define(git, "broken", "Some job");
    defineInvalid(git, "broken");
    assertThat(find(git, "good")).isInstanceOf(Found.Valid.class);
    assertThat(find(git, "broken"))
        .isInstanceOfSatisfying(
            Found.Invalid.class,
            broken -> {
              assertThat(broken.origin().location()).isNotBlank();
              assertThat(broken.problems())
                  .allSatisfy(
                      problem -> {
                        assertThat(problem.code().name()).isNotBlank();
                        assertThat(problem.place()).isNotBlank();
                        assertThat(problem.what()).isNotBlank().doesNotContain("\n");
                      });
            });
    define(git, "broken", "Repaired");
    assertThat(definition("broken").description()).isEqualTo("Repaired");
  }

  @Test
  void findsNothingByAnUnknownName() throws Exception {
    define(git, "one", "Some job");
    for (var name : List.of("no-such-job", "on", "../one", "a b", "one:one", "")) {
      assertThat(lookUp(git, name)).as(name).isEmpty();
    }
  }

  @Test
  void keepsWorktreesApart() throws Exception {
    var other = GitSandbox.init(otherDirectory);
    define(git, "shared", "here");
    define(other, "shared", "there");
    define(other, "only", "Some job");
    for (int i = 0; i < 2; i++) {
      assertThat(definition("shared").description()).isEqualTo("here");
      assertThat(((Found.Valid) find(other, "shared")).definition().description())
          .isEqualTo("there");
      assertThat(list()).extracting(Found::name).doesNotContain("only");
      assertThat(list(source, other)).extracting(Found::name).contains("only");
    }
  }

  @Test
  void readsADefinitionTheSameEachTime() throws Exception {
    define(git, "one", "The first");
    defineInvalid(git, "broken");
    var first = contents(list());
    assertThat(contents(list())).isEqualTo(first);
    assertThat(contents(list(source(), git))).isEqualTo(first);
  }

  @Test
  void hasAFingerprintOfTheContent() throws Exception {
    define(git, "one", "before");
    var before = definition("one");
    define(git, "one", "after");
    var after = definition("one");
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(after.description()).isEqualTo("after");
    define(git, "one", "before");
    assertThat(definition("one").fingerprint()).isEqualTo(before.fingerprint());
  }

  @Test
  void forgetsRemovedDefinitions() throws Exception {
    define(git, "one", "Some job");
    define(git, "two", "Some job");
    list();
    remove(git, "one");
    assertThat(list()).extracting(Found::name).contains("two").doesNotContain("one");
    assertThat(lookUp(git, "one")).isEmpty();
  }

  @Test
  void canBeReadByManyThreads() throws Exception {
    define(git, "one", "The first");
    define(git, "two", "The second");
    var expected = contents(list());
    var fresh = source();
    assertThat(HostCalls.concurrently(() -> contents(list(fresh, git))))
        .allSatisfy(contents -> assertThat(contents).isEqualTo(expected));
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    define(git, "one", "Some job");
    HostCalls.assertEndsWhenInterrupted(this::list);
  }
}

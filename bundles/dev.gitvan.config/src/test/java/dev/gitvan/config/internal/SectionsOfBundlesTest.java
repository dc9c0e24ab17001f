package dev.gitvan.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.config.Section;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.config.internal.setting.Sections;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.FakeExtensionPoint;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sections that come and go, those of plugins, and the user's own file. */
class SectionsOfBundlesTest {
  @TempDir Path directory;
  private Path root;
  private Path user;
  private WorktreeId worktree;
  private Sections sections = TestSections.withPlugin(1);
  private ConfigurationsService configurations;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(directory.resolve("repository"));
    user = directory.resolve("user");
    var git = root.resolve(".git");
    worktree = new WorktreeId(git, new RepositoryId(git), root);
    configurations =
        new ConfigurationsService(
            new DocumentsService(),
            Metrics.NONE,
            () -> sections,
            user,
            () -> FileSystems.getDefault().newWatchService(),
            System::nanoTime);
  }

  private void repository(String text) throws IOException {
    Files.writeString(root.resolve("gitvan.yaml"), text);
  }

  private void user(String text) throws IOException {
    Files.createDirectories(user);
    Files.writeString(user.resolve("gitvan.yaml"), text);
  }

  private String problem() {
    return catchThrowableOfType(GitVanException.class, () -> configurations.load(worktree))
        .problem()
        .toString();
  }

  @Test
  void aPluginsSectionIsCheckedLikeOthers() throws IOException {
    repository("plugins: { org.example.greeting: { loud: true } }\n");
    var configuration = configurations.load(worktree);
    assertThat(configuration.get(TestSections.LOUD)).isTrue();
    assertThat(configuration.warnings()).isEmpty();
    assertThat(configuration.settings())
        .anySatisfy(
            value -> {
              assertThat(value.path()).isEqualTo("plugins.org.example.greeting.loud");
              assertThat(value.origin()).isEqualTo("gitvan.yaml:1:42");
            });
    assertThat(configurations.schema(Map.of()))
        .contains("\"org.example.greeting\"", "Whether to shout.");
  }

  @Test
  void aMisspeltKeyOfAPluginIsAnError() throws IOException {
    repository("plugins: { org.example.greeting: { lowd: true } }\n");
    assertThat(problem())
        .isEqualTo(
            "CONFIG_UNKNOWN_KEY gitvan.yaml:1:36: there is no key lowd in"
                + " plugins.org.example.greeting. Did you mean loud?");
  }

  @Test
  void aSectionWithoutItsPluginIsAWarning() throws IOException {
    repository("plugins: { org.example.greting: { loud: 3 } }\n");
    assertThat(configurations.load(worktree).warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "CONFIG_PLUGIN_ABSENT gitvan.yaml:1:12: no installed plugin has a section"
                + " org.example.greting, so it has no effect. Did you mean org.example.greeting?");
    assertThat(configurations.validate(worktree).errors()).isEmpty();
    assertThat(configurations.validate(worktree).warnings()).hasSize(1);
  }

  @Test
  void filesAreCheckedAgainWhenAPluginIsInstalled() throws IOException {
    sections = new Sections(List.of(TestSections.BUILT_IN), List.of(), Set.of(), 1);
    repository("plugins: { org.example.greeting: { loud: true } }\n");
    var before = configurations.load(worktree);
    assertThat(before.warnings()).hasSize(1);
    assertThat(before.get(TestSections.LOUD)).isFalse();
    sections = TestSections.withPlugin(2);
    assertThat(configurations.load(worktree).get(TestSections.LOUD)).isTrue();
    assertThat(configurations.load(worktree).warnings()).isEmpty();
  }

  @Test
  void theSectionOfAStoppedBundleIsAWarning() throws IOException {
    sections = new Sections(List.of(), List.of(), Set.of("queue"), 1);
    repository("queue: { concurrency: 2 }\n");
    assertThat(configurations.load(worktree).warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "CONFIG_UNKNOWN_KEY gitvan.yaml:1:1: the bundle that reads the section queue is not"
                + " active, so it has no effect. Run gitvan diag.");
  }

  @Test
  void theUsersFileComesFirst() throws IOException {
    user("daemon: { workers: 7 }\nqueue: { capacity: 9, concurrency: 3 }\n");
    repository("queue: { concurrency: 2 }\n");
    var configuration = configurations.load(worktree);
    assertThat(configuration.get(TestSections.WORKERS)).isEqualTo(7);
    assertThat(configuration.get(TestSections.CAPACITY)).isEqualTo(9);
    assertThat(configuration.get(TestSections.CONCURRENCY)).isEqualTo(2);
    assertThat(configurations.ofUser().get(TestSections.CONCURRENCY)).isEqualTo(3);
    assertThat(configurations.files(worktree))
        .extracting(Path::toString)
        .first()
        .asString()
        .endsWith("user/gitvan.yaml");
  }

  @Test
  void theUsersFileMayAppearChangeAndVanish() throws IOException {
    assertThat(configurations.load(worktree).get(TestSections.WORKERS)).isEqualTo(4);
    user("daemon: { workers: 7 }\n");
    assertThat(configurations.load(worktree).get(TestSections.WORKERS)).isEqualTo(7);
    user("daemon: { workers: 8 }\n");
    assertThat(configurations.load(worktree).get(TestSections.WORKERS)).isEqualTo(8);
    Files.delete(user.resolve("gitvan.yaml"));
    assertThat(configurations.load(worktree).get(TestSections.WORKERS)).isEqualTo(4);
  }

  @Test
  void aProblemOfTheUsersFileNamesItsPath() throws IOException {
    user("daemon: { workers: 65 }\n");
    assertThat(problem())
        .isEqualTo(
            "CONFIG_RANGE %s:1:20: daemon.workers must be 1–64, but is 65. The default is 4."
                .formatted(user.resolve("gitvan.yaml")));
    assertThat(configurations.ofUser().get(TestSections.WORKERS)).isEqualTo(4);
  }

  @Test
  void jobsDoNotBelongInTheUsersFile() throws IOException {
    user("jobs: { a: {} }\n");
    assertThat(problem())
        .startsWith("CONFIG_PLACE")
        .endsWith("Move them to the gitvan.yaml of the repository.");
  }

  @Test
  void aRepositoryIsToldWhereTheUsersSettingsBelong() throws IOException {
    repository("daemon: { workers: 5 }\n");
    assertThat(problem())
        .startsWith("CONFIG_PLACE gitvan.yaml:1:11: daemon.workers")
        .endsWith("Move it to " + user.resolve("gitvan.yaml") + ".");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theUsersFileMayBeALink() throws IOException {
    Files.createDirectories(user);
    var target = Files.writeString(directory.resolve("dotfiles.yaml"), "daemon: { workers: 7 }\n");
    Files.createSymbolicLink(user.resolve("gitvan.yaml"), target);
    assertThat(configurations.load(worktree).get(TestSections.WORKERS)).isEqualTo(7);
    Files.writeString(target, "daemon: { workers: 8 }\n");
    assertThat(configurations.load(worktree).get(TestSections.WORKERS)).isEqualTo(8);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkThatLeadsNowhereIsExplained() throws IOException {
    Files.createDirectories(user);
    Files.createSymbolicLink(user.resolve("gitvan.yaml"), directory.resolve("nowhere"));
    assertThat(problem())
        .isEqualTo(
            "CONFIG_NOT_REGULAR %s: it is a link that leads nowhere. Create the file that it links"
                    .formatted(user.resolve("gitvan.yaml"))
                + " to, or remove the link.");
  }

  @Test
  void sectionsAreCollectedFromServices() {
    var point = new FakeExtensionPoint<ConfigurationSection, String>();
    var installed = new InstalledSections(point);
    var first = installed.get();
    assertThat(installed.get()).isSameAs(first);
    var added = point.add("org.example.greeting", "", () -> TestSections.PLUGIN);
    assertThat(installed.get().revision()).isNotEqualTo(first.revision());
    point.add("org.example.other", "", () -> TestSections.PLUGIN);
    point.add(
        "org.example.failing",
        "",
        (ConfigurationSection)
            () -> {
              throw new IllegalStateException("no");
            });
    point.add("org.example.greeting", "", () -> Section.named("a", "b").build());
    assertThat(installed.rejections())
        .extracting(Rejection::contribution, Rejection::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("org.example.other", "NAME_MISMATCH"),
            org.assertj.core.groups.Tuple.tuple("org.example.failing", "SECTION_FAILED"),
            org.assertj.core.groups.Tuple.tuple("org.example.greeting", "SHADOWED"));
    point.remove(added);
    assertThat(installed.rejections()).extracting(Rejection::code).doesNotContain("SHADOWED");
  }
}

package dev.gitvan.kernel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.BundleSettings;
import dev.gitvan.extension.Selection;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which plugins act, and what they may replace. */
class OwnedNamesTest {
  private static final String BUILT_IN = "dev.gitvan.shell";
  private static final String PLUGIN = "org.example.tools";

  private final Kernel kernel = new Kernel();
  private final Contributions<Runnable, String> verbs =
      new Contributions<>(
          kernel,
          "verb",
          offer -> offer.properties().get("name").toString(),
          name -> name,
          () -> {});

  private static Offers<Runnable> version(String bundle, String version, long id, int ranking) {
    return Offers.<Runnable>of(() -> {})
        .with("name", "version")
        .ranking(ranking)
        .bundle(bundle, version, id);
  }

  private List<String> usable() {
    return usable(Selection.ALL);
  }

  private List<String> usable(Selection selection) {
    return verbs.usable(selection).stream().map(Contribution::bundle).toList();
  }

  private List<String> codes() {
    return verbs.rejections().stream().map(Rejection::code).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPluginDoesNotTakeANameOfGitVans(boolean pluginFirst) {
    var plugin = version(PLUGIN, "2.0.0", 1, 1000).offer();
    var builtIn = version(BUILT_IN, "1.0.0", 2, 0).offer();
    verbs.add(pluginFirst ? plugin : builtIn);
    verbs.add(pluginFirst ? builtIn : plugin);

    assertThat(usable()).containsExactly("dev.gitvan.shell 1.0.0");
    assertThat(verbs.rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.code()).isEqualTo(Contributions.NAME_OWNED);
              assertThat(rejection.bundle()).isEqualTo("org.example.tools 2.0.0");
              assertThat(rejection.reason())
                  .isEqualTo(
                      "dev.gitvan.shell 1.0.0 owns it; to allow it, write bundles: { replace: {"
                          + " \"verb:version\": org.example.tools } } in your own gitvan.yaml");
            });
  }

  @Test
  void theNameStaysOwnedWhenItsBundleIsStopped() {
    var builtIn = version(BUILT_IN, "1.0.0", 1, 0).offer();
    verbs.add(builtIn);
    verbs.add(version(PLUGIN, "2.0.0", 2, 1000).offer());
    verbs.remove(builtIn.key());

    assertThat(usable()).isEmpty();
    assertThat(codes()).containsExactly(Contributions.NAME_OWNED);
  }

  @Test
  void theUsersWordReplaces() {
    kernel.configure(() -> Map.of("verb:version", PLUGIN), worktree -> Selection.ALL);
    verbs.add(version(BUILT_IN, "1.0.0", 1, 0).offer());
    verbs.add(version(PLUGIN, "2.0.0", 2, -5).offer());
    verbs.add(version("org.example.other", "1.0.0", 3, 1000).offer());

    assertThat(usable()).containsExactly("org.example.tools 2.0.0");
    assertThat(codes()).containsExactlyInAnyOrder(Rejection.REPLACED, Contributions.NAME_OWNED);
    assertThat(verbs.rejections())
        .filteredOn(rejection -> rejection.code().equals(Rejection.REPLACED))
        .singleElement()
        .extracting(Rejection::reason)
        .isEqualTo("org.example.tools 2.0.0 replaces it, as your own gitvan.yaml allows");
  }

  @Test
  void theUsersWordMayChange() {
    var allowed = new java.util.HashMap<String, String>();
    kernel.configure(() -> Map.copyOf(allowed), worktree -> Selection.ALL);
    verbs.add(version(BUILT_IN, "1.0.0", 1, 0).offer());
    verbs.add(version(PLUGIN, "2.0.0", 2, 0).offer());
    assertThat(usable()).containsExactly("dev.gitvan.shell 1.0.0");

    allowed.put("verb:version", PLUGIN);
    assertThat(usable()).containsExactly("org.example.tools 2.0.0");

    allowed.clear();
    assertThat(usable()).containsExactly("dev.gitvan.shell 1.0.0");
  }

  @Test
  void readingTheConfigurationMayAskTheRegistry() {
    kernel.configure(
        () -> Map.of("verb:version", usable().isEmpty() ? "nobody" : PLUGIN),
        worktree -> Selection.ALL);
    verbs.add(version(BUILT_IN, "1.0.0", 1, 0).offer());
    verbs.add(version(PLUGIN, "2.0.0", 2, 0).offer());
    assertThat(usable()).containsExactly("org.example.tools 2.0.0");
  }

  @Test
  void gitVansOwnComeFirstWhateverTheRankings() {
    verbs.add(version(BUILT_IN, "1.0.0", 2, -10).offer());
    verbs.add(version(PLUGIN, "2.0.0", 1, 10).with("name", "other").offer());
    assertThat(usable()).containsExactly("dev.gitvan.shell 1.0.0", "org.example.tools 2.0.0");
  }

  @Test
  void twoRepositoriesHaveTheVersionsThatTheyPin(@TempDir Path directory) throws IOException {
    verbs.add(version(BUILT_IN, "1.0.0", 1, 0).with("name", "own").offer());
    verbs.add(version(PLUGIN, "1.0.0", 2, 0).offer());
    verbs.add(version(PLUGIN, "2.0.0", 3, 0).offer());

    assertThat(usable()).containsExactly("dev.gitvan.shell 1.0.0", "org.example.tools 2.0.0");
    assertThat(usable(selection(directory, "use: { org.example.tools: 1.0 }")))
        .containsExactly("dev.gitvan.shell 1.0.0", "org.example.tools 1.0.0");
    assertThat(usable(selection(directory, "use: { org.example.tools: 2.0.0 }")))
        .containsExactly("dev.gitvan.shell 1.0.0", "org.example.tools 2.0.0");
    assertThat(usable(selection(directory, "use: { org.example.tools: 3.0.0 }")))
        .containsExactly("dev.gitvan.shell 1.0.0");
    assertThat(usable(selection(directory, "use: { org.example.tools: off }")))
        .containsExactly("dev.gitvan.shell 1.0.0");
    assertThat(codes()).containsExactly(Contributions.SHADOWED);
  }

  @Test
  void aVersionThatWasPinnedIsGoneWhenItIsRemoved(@TempDir Path directory) throws IOException {
    var old = version(PLUGIN, "1.0.0", 2, 0).offer();
    verbs.add(old);
    verbs.add(version(PLUGIN, "2.0.0", 3, 0).offer());
    var pinned = selection(directory, "use: { org.example.tools: 1.0.0 }");
    assertThat(usable(pinned)).containsExactly("org.example.tools 1.0.0");
    verbs.remove(old.key());
    assertThat(usable(pinned)).isEmpty();
  }

  @Test
  void theUserDecidesOverRepositories(@TempDir Path directory) throws IOException {
    verbs.add(version(PLUGIN, "2.0.0", 3, 0).offer());
    var listed = "use: { org.example.tools: on }";
    assertThat(usable(selection(directory, "only-listed: true", listed)))
        .containsExactly("org.example.tools 2.0.0");
    assertThat(usable(selection(directory, "only-listed: true", "use: {}"))).isEmpty();
    assertThat(usable(selection(directory, "disable: [org.example.tools]", listed))).isEmpty();
  }

  private static Selection selection(Path directory, String repository) throws IOException {
    return selection(directory, "", repository);
  }

  /** The selection of a repository, as the user's file and its own make it. */
  private static Selection selection(Path directory, String user, String repository)
      throws IOException {
    var home = Files.createTempDirectory(directory, "home");
    var root = Files.createTempDirectory(directory, "worktree");
    Files.writeString(home.resolve("gitvan.yaml"), "bundles: { %s }\n".formatted(user));
    Files.writeString(root.resolve("gitvan.yaml"), "bundles: { %s }\n".formatted(repository));
    var git = root.resolve(".git");
    var configurations =
        ConfigurationsService.with(
            new DocumentsService(), Metrics.NONE, home, BundleSettings.SECTION);
    Configuration configuration =
        configurations.load(new WorktreeId(git, new RepositoryId(git), root));
    return Selection.of(configuration);
  }
}

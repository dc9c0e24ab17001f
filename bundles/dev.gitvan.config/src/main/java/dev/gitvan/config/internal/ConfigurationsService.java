package dev.gitvan.config.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations;
import dev.gitvan.config.internal.setting.ConfigurationSchema;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Loads configurations, and keeps each for as long as its files stay as they are. */
@Component(service = Configurations.class)
public final class ConfigurationsService implements Configurations {
  /** Worktrees whose configuration is kept; the one that was asked for longest ago goes first. */
  private static final int KEPT = 256;

  private final Documents documents;
  private final ConfigurationLoader loader;
  private final Recorder recorder;
  private final Configuration defaults;

  private final Map<Path, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Kept> eldest) {
          return size() > KEPT;
        }
      };

  private record Kept(ConfigurationFiles files, Configuration configuration) {}

  @Activate
  public ConfigurationsService(@Reference Documents documents, @Reference Metrics metrics) {
    this.documents = documents;
    this.loader = new ConfigurationLoader(documents);
    this.recorder = metrics.recorder(Operation.CONFIG_LOAD);
    this.defaults = loader.load(List.of());
  }

  @Override
  public Configuration load(WorktreeId worktree) {
    if (worktree.isBare()) {
      return defaults;
    }
    long start = System.nanoTime();
    try {
      return load(worktree.workTree());
    } finally {
      recorder.since(start);
    }
  }

  private Configuration load(Path root) {
    Kept known;
    synchronized (kept) {
      known = kept.get(root);
    }
    if (known != null && known.files().unchanged()) {
      return known.configuration();
    }
    var files = ConfigurationFiles.look(root);
    var contents = ConfigurationLoader.read(files);
    // Young files are read again and again; as long as they say the same, nothing else is done.
    var configuration =
        known != null
                && known
                    .configuration()
                    .fingerprint()
                    .equals(ConfigurationLoader.fingerprint(contents))
            ? known.configuration()
            : loader.load(contents);
    synchronized (kept) {
      kept.put(root, new Kept(files, configuration));
    }
    return configuration;
  }

  @Override
  public List<Problem> validate(WorktreeId worktree) {
    if (worktree.isBare()) {
      return List.of();
    }
    var root = worktree.workTree();
    var problems = new ArrayList<Problem>();
    for (var name : ConfigurationFiles.nearNames(root)) {
      problems.add(
          new Problem(
              Codes.CONFIG_FILE_NAME,
              name,
              "GitVan does not read a file of this name",
              "Rename it to gitvan.yaml or gitvan-local.yaml."));
    }
    try {
      problems.addAll(loader.problems(ConfigurationLoader.read(ConfigurationFiles.look(root))));
    } catch (GitVanException e) {
      problems.add(e.problem());
    }
    return List.copyOf(problems);
  }

  @Override
  public List<Path> files(WorktreeId worktree) {
    return worktree.isBare()
        ? List.of()
        : ConfigurationFiles.look(worktree.workTree()).files().stream()
            .map(ConfigurationFiles.Found::path)
            .toList();
  }

  @Override
  public Configuration defaults() {
    return defaults;
  }

  @Override
  public String schema() {
    return documents.toPrettyJson(ConfigurationSchema.document()) + "\n";
  }
}

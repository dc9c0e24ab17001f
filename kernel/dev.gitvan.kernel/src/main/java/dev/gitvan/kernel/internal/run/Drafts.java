package dev.gitvan.kernel.internal.run;

import dev.gitvan.job.Artifact;
import dev.gitvan.job.PlannedEffect;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a dry run knows of the files that it does not write: what they would be as far as steps
 * reported it, and whether that is all. Safe for any thread.
 */
final class Drafts {
  private static final Set<String> OF_REFS = Set.of("commit", "tag", "note");

  private final Map<String, Artifact> files = new HashMap<>();
  private boolean predictable = true;

  /** Notes what a file would be. */
  synchronized void put(Artifact file) {
    files.put(normal(file.path()), file);
  }

  /** Notes what was planned: without a draft, its effect on files is unknown. */
  synchronized void planned(PlannedEffect effect) {
    boolean known =
        OF_REFS.contains(effect.kind())
            || effect.kind().equals("write") && files.containsKey(normal(effect.subject()));
    predictable = predictable && known;
  }

  synchronized boolean isPredictable() {
    return predictable;
  }

  /** The files as they would be, each once. */
  synchronized List<Artifact> files() {
    return files.entrySet().stream()
        .map(e -> new Artifact(e.getKey(), e.getValue().sha256(), e.getValue().bytes()))
        .toList();
  }

  private static String normal(String path) {
    return Path.of(path).normalize().toString().replace('\\', '/');
  }
}

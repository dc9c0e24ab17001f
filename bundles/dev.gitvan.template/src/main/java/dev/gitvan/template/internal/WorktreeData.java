package dev.gitvan.template.internal;

import dev.gitvan.git.Git;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.TemplateData;
import dev.gitvan.template.TemplateSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The data of one worktree at one moment. */
final class WorktreeData implements TemplateData {
  private final GitValues values;
  private final Map<String, Object> map;

  WorktreeData(
      Git git,
      WorktreeId worktree,
      TemplateSettings settings,
      Instant now,
      Map<String, String> environment) {
    this.values = new GitValues(git, worktree, settings.ownCommits());
    var visible = new LinkedHashMap<String, String>();
    for (var name : settings.env()) {
      var value = environment.get(name);
      if (value != null) {
        visible.put(name, value);
      }
    }
    this.map =
        Map.of(
            "git",
            new LazyMap(values.suppliers(), Set.of("commits", "releases", "releasesOf")),
            "now",
            now,
            "env",
            java.util.Collections.unmodifiableMap(visible));
  }

  @Override
  public Map<String, Object> map() {
    return map;
  }

  @Override
  public void close() {
    values.close();
  }
}

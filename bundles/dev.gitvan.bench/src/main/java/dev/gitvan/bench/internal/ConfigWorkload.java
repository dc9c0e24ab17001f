package dev.gitvan.bench.internal;

import dev.gitvan.config.Configurations;
import dev.gitvan.git.Git;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Loads a configuration whose files have not changed. */
@Component(service = Workload.class)
public final class ConfigWorkload implements Workload {
  private final Git git;
  private final Configurations configurations;

  @Activate
  public ConfigWorkload(@Reference Git git, @Reference Configurations configurations) {
    this.git = git;
    this.configurations = configurations;
  }

  @Override
  public Plan plan() {
    return new Plan("config", "config.load", 5000, 20_000);
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    var worktree = repository(git, directory, 0);
    ReleasePage.settle();
    return List.of(
        new Contender() {
          @Override
          public String name() {
            return "gitvan";
          }

          @Override
          public void run(int times, Samples samples) {
            for (int i = 0; i < times; i++) {
              long start = System.nanoTime();
              configurations.load(worktree);
              samples.add(System.nanoTime() - start);
            }
          }
        });
  }

  static WorktreeId repository(Git git, Path directory, int number) throws IOException {
    Programs.git(directory, "init", "-q");
    write(directory, number);
    return git.discover(directory);
  }

  /** A configuration of two jobs, another one for each number. */
  static void write(Path directory, int number) throws IOException {
    Files.writeString(
        directory.resolve("gitvan.yaml"),
        """
        templates: { engine: pebble, strict: true, env: [CI, CI_COMMIT_TAG] }
        queue: { concurrency: 2, rate: { limit: 50, per: 1s } }
        cache: { memory: { entries: 2000, ttl: 10m } }
        jobs:
          changelog:
            description: Write CHANGELOG.md from the history, number %d
            on: [{ push: main }, { tag: "v*" }]
            inputs: { limit: 50 }
            steps:
              - { template: changelog.md.peb, to: CHANGELOG.md, data: { title: Changes } }
              - commit: { message: "docs: update changelog", paths: [CHANGELOG.md] }
          check:
            timeout: 30s
            steps:
              - run: ["sh", "-c", "wc -l CHANGELOG.md"]
        hooks:
          pre-commit:
            parallel: true
            jobs:
              - { name: lint, run: "lint {staged_files}", glob: "*.java", timeout: 20s }
        """
            .formatted(number));
  }
}

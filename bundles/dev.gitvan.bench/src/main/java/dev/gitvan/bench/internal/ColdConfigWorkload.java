package dev.gitvan.bench.internal;

import dev.gitvan.config.Configurations;
import dev.gitvan.git.Git;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Loads a configuration that has just been edited: it is read, parsed and checked. */
@Component(service = Workload.class)
public final class ColdConfigWorkload implements Workload {
  private final Git git;
  private final Configurations configurations;

  @Activate
  public ColdConfigWorkload(@Reference Git git, @Reference Configurations configurations) {
    this.git = git;
    this.configurations = configurations;
  }

  @Override
  public Plan plan() {
    return new Plan("config", "config.load_edited", 1000, 2000);
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    var worktree = ConfigWorkload.repository(git, directory, 0);
    return List.of(
        new Contender() {
          private int edits;

          @Override
          public String name() {
            return "gitvan";
          }

          @Override
          public void run(int times, Samples samples) throws Exception {
            for (int i = 0; i < times; i++) {
              ConfigWorkload.write(directory, ++edits);
              long start = System.nanoTime();
              configurations.load(worktree);
              samples.add(System.nanoTime() - start);
            }
          }
        });
  }
}

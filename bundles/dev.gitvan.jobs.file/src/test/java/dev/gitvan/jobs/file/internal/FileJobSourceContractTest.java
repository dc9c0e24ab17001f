package dev.gitvan.jobs.file.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.JobSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Nested;

class FileJobSourceContractTest {
  private abstract static class Contract extends JobSourceContract {
    private final Fixture fixture = new Fixture();

    @Override
    protected JobSource source() {
      return new Fixture().source;
    }

    @Override
    protected Configuration configuration(WorktreeId worktree) {
      return fixture.configurations.load(worktree);
    }

    @Override
    protected void define(GitSandbox repository, String name, String description) {
      write(repository, name, "description: '" + description + "'\nsteps: [ { run: [ls] } ]\n");
    }

    @Override
    protected void defineInvalid(GitSandbox repository, String name) {
      write(repository, name, "description: x\nsteps: [ { rnu: [ls] } ]\n");
    }

    abstract void write(GitSandbox repository, String name, String yaml);
  }

  @Nested
  class OfFiles extends Contract {
    @Override
    void write(GitSandbox repository, String name, String yaml) {
      repository.write(path(name), yaml);
    }

    @Override
    protected void remove(GitSandbox repository, String name) throws IOException {
      Files.delete(repository.root().resolve(path(name)));
    }

    private String path(String name) {
      return ".gitvan/jobs/" + name + ".yaml";
    }
  }

  @Nested
  class OfTheConfiguration extends Contract {
    @Override
    void write(GitSandbox repository, String name, String yaml) {
      remove(repository, name);
      var file = repository.root().resolve("gitvan.yaml");
      var jobs = Files.exists(file) ? repository.read("gitvan.yaml") : "jobs:\n";
      repository.write("gitvan.yaml", jobs + "  " + name + ":\n" + yaml.indent(4));
    }

    @Override
    protected void remove(GitSandbox repository, String name) {
      if (Files.exists(repository.root().resolve("gitvan.yaml"))) {
        var entry = "(?m)^  " + name + ":\n(?:    .*\n)*";
        repository.write("gitvan.yaml", repository.read("gitvan.yaml").replaceAll(entry, ""));
      }
    }
  }
}

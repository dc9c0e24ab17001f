package org.example.greeting;

import dev.gitvan.job.spi.JobSource;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.JobSourceContract;
import java.nio.file.Files;

class PhraseBookTest extends JobSourceContract {
  @Override
  protected JobSource source() {
    return new PhraseBook();
  }

  @Override
  protected void define(GitSandbox repository, String name, String description) {
    write(repository, name, name + " = " + description + "\n");
  }

  @Override
  protected void defineInvalid(GitSandbox repository, String name) {
    write(repository, name, name + "\n");
  }

  @Override
  protected void remove(GitSandbox repository, String name) {
    write(repository, name, "");
  }

  private static void write(GitSandbox repository, String name, String line) {
    var file = repository.root().resolve("phrases.txt");
    var phrases = Files.exists(file) ? repository.read("phrases.txt") : "";
    repository.write("phrases.txt", phrases.replaceAll("(?m)^" + name + "\\b.*\n", "") + line);
  }
}

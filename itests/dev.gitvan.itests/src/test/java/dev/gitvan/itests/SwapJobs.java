package dev.gitvan.itests;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Repositories with the jobs that are in flight while bundles are swapped. */
final class SwapJobs {
  private static final String WAIT =
      "  - run: [sh, -c, 'touch \"$1.begun\"; until [ -e \"$1\" ]; do sleep 0.02; done', sh,"
          + " \"{{ inputs.file }}\"]\n";
  private static final String INPUTS = "inputs: { file: '', text: '' }\n";

  private SwapJobs() {}

  /**
   * Creates a repository with a job for each kind.
   *
   * @param pages how many files the job {@code each} writes
   */
  static void create(Path directory, int pages) throws IOException {
    var sandbox = GitSandbox.init(Files.createDirectories(directory));
    var user = Files.createDirectories(Path.of(System.getProperty("gitvan.home"), "config"));
    Files.writeString(user.resolve("gitvan.yaml"), "daemon: { workers: 12 }\n");
    sandbox.write(".gitvan/templates/t.peb", "{{ inputs.text }} on {{ git.branch }}\n");
    sandbox.write(".gitvan/templates/u.mustache", "{{ inputs.text }}\n");
    for (int i = 0; i < pages; i++) {
      sandbox.write("data/" + i + ".json", "{ \"name\": " + i + " }");
    }
    sandbox.write(".gitvan/jobs/process.yaml", process());
    sandbox.write(".gitvan/jobs/staged.yaml", staged());
    sandbox.write(".gitvan/jobs/each.yaml", each());
    sandbox.write(".gitvan/jobs/quick.yaml", quick());
    sandbox.commit("README.md", "# Example\n", "Initial commit");
    sandbox.git("config", "user.name", "Ada Lovelace");
    sandbox.git("config", "user.email", "ada@example.org");
  }

  private static String process() {
    return INPUTS
        + "steps:\n"
        + "  - { template: t.peb, to: out.md }\n"
        + WAIT
        + "  - run: [sh, -c, 'echo ended']\n"
        + "  - commit: { message: 'docs: out', paths: [out.md] }\n";
  }

  private static String staged() {
    return INPUTS
        + "steps:\n"
        + "  - { template: t.peb, to: one.md }\n"
        + "  - commit: { message: 'docs: one', paths: [one.md] }\n"
        + WAIT
        + "  - { template: u.mustache, to: two.md }\n"
        + "  - commit: { message: 'docs: two', paths: [two.md] }\n"
        + "  - tag: { name: 'x-{{ inputs.text }}', message: two }\n"
        + "  - note: { ref: refs/notes/review, message: checked }\n";
  }

  /** Announces that it has begun, and renders until it is done, without waiting for anybody. */
  private static String each() {
    return INPUTS
        + "steps:\n"
        + "  - run: [touch, \"{{ inputs.file }}.begun\"]\n"
        + "  - { template: t.peb, for-each: 'data/*.json', to: 'site/{{ item.name }}.md' }\n"
        + "  - commit: { message: 'docs: site', paths: [site] }\n";
  }

  private static String quick() {
    return INPUTS
        + "steps:\n"
        + "  - { template: t.peb, to: out.md }\n"
        + "  - commit: { message: 'docs: out', paths: [out.md] }\n";
  }
}

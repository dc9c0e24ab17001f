package dev.gitvan.itests;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;

/** The distribution's bundles together with a repository; made outside the framework. */
final class WithRepository {
  static final String REPOSITORY = "itests.repository";

  private WithRepository() {}

  /** The distribution, a repository with two jobs, and more options. */
  static Option[] options(Option... more) throws IOException {
    var work = Files.createDirectories(Path.of(System.getProperty("gitvan.tests.work")));
    var sandbox = GitSandbox.init(Files.createTempDirectory(work, "wiring"));
    sandbox.commit("README.md", "# Example\n", "Initial commit");
    sandbox.write(".gitvan/templates/t.peb", "Hello {{ git.branch }}\n");
    sandbox.write(".gitvan/templates/n.peb", "number {{ n }}\n");
    sandbox.write(".gitvan/jobs/render.yaml", "steps:\n  - { template: t.peb, to: out.md }\n");
    sandbox.write(
        ".gitvan/jobs/commit.yaml",
        "steps:\n  - { template: t.peb, to: out.md }\n"
            + "  - commit: { message: \"docs: out\", paths: [out.md] }\n");
    // In this process there is no user's home, and so no identity.
    sandbox.git("config", "user.name", "Ada Lovelace");
    sandbox.git("config", "user.email", "ada@example.org");

    var options = new ArrayList<>(List.of(Distribution.options()));
    options.add(systemProperty(REPOSITORY).value(sandbox.root().toString()));
    options.addAll(List.of(more));
    return options.toArray(Option[]::new);
  }
}

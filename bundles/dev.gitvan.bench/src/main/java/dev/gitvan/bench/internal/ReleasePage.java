package dev.gitvan.bench.internal;

import dev.gitvan.config.Configurations;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.git.Git;
import dev.gitvan.template.Templates;
import dev.gitvan.template.Templates.TemplateSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The page that templates are measured with: 5 KB, with a parent, includes and loops. */
@Component(service = ReleasePage.class)
public final class ReleasePage {
  static final String TEMPLATE = "release.md";

  private static final List<String> FILES =
      List.of("base.md", TEMPLATE, "partials/commit.md", "partials/meta.md");

  /** Younger files are read again each time: their times prove nothing yet. */
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(2200);

  private final Templates templates;
  private final Git git;
  private final Configurations configurations;
  private final Documents documents;

  @Activate
  public ReleasePage(
      @Reference Templates templates,
      @Reference Git git,
      @Reference Configurations configurations,
      @Reference Documents documents) {
    this.templates = templates;
    this.git = git;
    this.configurations = configurations;
    this.documents = documents;
  }

  /** Makes a repository with the page's templates and data; returns the templates' folder. */
  Path write(Path directory) throws IOException {
    Programs.git(directory, "init", "-q");
    var folder = directory.resolve(".gitvan/templates");
    Files.createDirectories(folder.resolve("partials"));
    for (var file : FILES) {
      Files.write(folder.resolve(file), TemplateWorkload.resource("templates/" + file));
    }
    Files.write(directory.resolve("data.json"), json());
    return folder;
  }

  private static byte[] json() throws IOException {
    return TemplateWorkload.resource("templates/data.json");
  }

  /** The templates of a repository that was written a while ago. */
  TemplateSet open(Path directory) {
    settle();
    var worktree = git.discover(directory);
    return templates.open(worktree, configurations.load(worktree));
  }

  /** The same as a run sees them, whose outputs are not kept in the repository. */
  TemplateSet openForRun(Path directory) {
    settle();
    var worktree = git.discover(directory);
    return templates.openForRun(worktree, configurations.load(worktree), false);
  }

  /** Waits until what has been written before counts as settled. */
  static void settle() {
    long end = System.nanoTime() + SETTLED_NANOS;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> data() throws IOException {
    return (Map<String, Object>) documents.parse(json(), "data.json", Syntax.JSON).value();
  }

  /** A data file. */
  @SuppressWarnings("unchecked")
  Map<String, Object> read(Path file) {
    return (Map<String, Object>) documents.readData(file, file.toString());
  }

  /** SHA-256 of the page, in hexadecimal. */
  static String expectedDigest() throws IOException {
    return new String(
            TemplateWorkload.resource("templates/expected.sha256"), StandardCharsets.UTF_8)
        .substring(0, 64);
  }

  /** Fails unless a page is the expected one. */
  static void check(String page) throws IOException {
    try {
      var digest =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(page.getBytes(StandardCharsets.UTF_8)));
      if (!digest.equals(expectedDigest())) {
        throw new IllegalStateException("the rendered page is not the expected one: " + digest);
      }
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.gitvan.bench.internal;

import dev.gitvan.config.Configurations;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.git.Git;
import dev.gitvan.template.Templates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Renders a release page of 5 KB, with a parent, includes and loops, from a warm template. The peer
 * is Nunjucks, where Node and the package are installed.
 */
@Component(service = Workload.class)
public final class TemplateWorkload implements Workload {
  private static final List<String> FILES =
      List.of("base.md", "release.md", "partials/commit.md", "partials/meta.md");

  private final Templates templates;
  private final Git git;
  private final Configurations configurations;
  private final Documents documents;

  @Activate
  public TemplateWorkload(
      @Reference Templates templates,
      @Reference Git git,
      @Reference Configurations configurations,
      @Reference Documents documents) {
    this.templates = templates;
    this.git = git;
    this.configurations = configurations;
    this.documents = documents;
  }

  @Override
  public String name() {
    return "templates";
  }

  @Override
  public String operation() {
    return "template.render";
  }

  @Override
  public int samples() {
    return 2000;
  }

  @Override
  public int warmUp() {
    return 5000;
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    Programs.git(directory, "init", "-q");
    var folder = Files.createDirectories(directory.resolve(".gitvan/templates/partials"));
    for (var file : FILES) {
      Files.write(folder.resolveSibling(file), resource("templates/" + file));
    }
    var json = resource("templates/data.json");
    var contenders = new ArrayList<Contender>();
    contenders.add(gitvan(directory, json));
    if (Nunjucks.isInstalled(directory)) {
      Files.write(directory.resolve("data.json"), json);
      contenders.add(new Nunjucks(directory, folder.getParent(), expectedDigest()));
    } else {
      absent.accept("nunjucks: not found; `npm install nunjucks` and set NODE_PATH to compare");
    }
    return contenders;
  }

  private Contender gitvan(Path directory, byte[] json) throws IOException {
    var worktree = git.discover(directory);
    var set = templates.open(worktree, configurations.load(worktree));
    @SuppressWarnings("unchecked")
    var data = (Map<String, Object>) documents.parse(json, "data.json", Syntax.JSON).value();
    var digest = sha256(set.render("release.md", data).getBytes(StandardCharsets.UTF_8));
    if (!digest.equals(expectedDigest())) {
      throw new IllegalStateException("the rendered page is not the expected one: " + digest);
    }
    return new Contender() {
      @Override
      public String name() {
        return "gitvan";
      }

      @Override
      public void run(int times, Samples samples) {
        for (int i = 0; i < times; i++) {
          long start = System.nanoTime();
          set.render("release.md", data);
          samples.add(System.nanoTime() - start);
        }
      }
    };
  }

  private static String expectedDigest() throws IOException {
    return new String(resource("templates/expected.sha256"), StandardCharsets.UTF_8)
        .substring(0, 64);
  }

  static byte[] resource(String name) throws IOException {
    try (var in = TemplateWorkload.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

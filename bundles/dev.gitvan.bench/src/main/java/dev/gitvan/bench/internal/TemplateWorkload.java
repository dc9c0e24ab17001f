package dev.gitvan.bench.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Renders the release page from a warm template. The peer is Nunjucks, where Node and the package
 * are installed.
 */
@Component(service = Workload.class)
public final class TemplateWorkload implements Workload {
  static final String ABSENT =
      "nunjucks: not found; `npm install nunjucks` and set NODE_PATH to compare";

  private final ReleasePage page;

  @Activate
  public TemplateWorkload(@Reference ReleasePage page) {
    this.page = page;
  }

  @Override
  public Plan plan() {
    return new Plan("templates", "template.render", 2000, 20_000);
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    var folder = page.write(directory);
    var contenders = new ArrayList<Contender>();
    contenders.add(gitvan(directory));
    if (NodePeer.isInstalled(directory, "nunjucks")) {
      contenders.add(
          new NodePeer(
              "nunjucks",
              directory,
              "nunjucks-peer.js",
              folder.toString(),
              ReleasePage.expectedDigest(),
              "one"));
    } else {
      absent.accept(ABSENT);
    }
    return contenders;
  }

  private Contender gitvan(Path directory) throws IOException {
    var set = page.open(directory);
    var data = page.data();
    ReleasePage.check(set.render(ReleasePage.TEMPLATE, data));
    return new Contender() {
      @Override
      public String name() {
        return "gitvan";
      }

      @Override
      public void run(int times, Samples samples) {
        for (int i = 0; i < times; i++) {
          long start = System.nanoTime();
          set.render(ReleasePage.TEMPLATE, data);
          samples.add(System.nanoTime() - start);
        }
      }
    };
  }

  static byte[] resource(String name) throws IOException {
    try (var in = TemplateWorkload.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}

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
 * 1,000 renders of the release page that are asked for at once, on all cores. No output is taken
 * from the cache. Nunjucks renders them asynchronously, on the one thread that Node has for it.
 */
@Component(service = Workload.class)
public final class ManyRendersWorkload implements Workload {
  private static final int RENDERS = 1000;

  private final ReleasePage page;

  @Activate
  public ManyRendersWorkload(@Reference ReleasePage page) {
    this.page = page;
  }

  @Override
  public Plan plan() {
    return new Plan("templates", "template.render_1000", 40, 20);
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
              "many"));
    } else {
      absent.accept(TemplateWorkload.ABSENT);
    }
    return contenders;
  }

  private Contender gitvan(Path directory) throws IOException {
    var set = page.open(directory);
    var data = page.data();
    ReleasePage.check(set.render(ReleasePage.TEMPLATE, data));
    var crew = new Crew();
    return new Contender() {
      @Override
      public String name() {
        return "gitvan";
      }

      @Override
      public void run(int times, Samples samples) throws Exception {
        for (int i = 0; i < times; i++) {
          samples.add(crew.run(RENDERS, number -> set.render(ReleasePage.TEMPLATE, data)));
        }
      }

      @Override
      public void close() {
        crew.close();
      }
    };
  }
}

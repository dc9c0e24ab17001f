package dev.gitvan.bench.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * 100 data files read, rendered to pages of 5 KB, and written as new files; every page is another
 * one, so none is taken from the cache. GitVan writes each into a temporary file that takes its
 * name, and keeps the output as a run does. The peer is Nunjucks in a p-queue of 4, which writes
 * files in place.
 */
@Component(service = Workload.class)
public final class FilesWorkload implements Workload {
  private static final int FILES = 100;

  /** Reading, rendering, keeping and writing are much code: after 20 it is still being compiled. */
  private static final int WARM_UP = 100;

  private static final String TEMPLATE = "numbered.md";

  private final ReleasePage page;

  @Activate
  public FilesWorkload(@Reference ReleasePage page) {
    this.page = page;
  }

  @Override
  public Plan plan() {
    return new Plan("templates", "files.batch_100", 40, WARM_UP);
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    var folder = page.write(directory);
    Files.writeString(
        folder.resolve(TEMPLATE), "{{ number }} {{ round }}\n{% include \"release.md\" %}");
    var data = Files.createDirectories(directory.resolve("data"));
    var json = Files.readString(directory.resolve("data.json"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(
          data.resolve(i + ".json"), json.replaceFirst("\\{", "{\"number\": " + i + ","));
    }
    var contenders = new ArrayList<Contender>();
    contenders.add(gitvan(directory));
    if (NodePeer.isInstalled(directory, "nunjucks", "p-queue")) {
      var theirs = Files.createDirectories(directory.resolve("theirs"));
      contenders.add(
          new NodePeer(
              "p-queue",
              directory,
              "p-queue-peer.js",
              folder.toString(),
              data.toString(),
              theirs.toString(),
              String.valueOf(FILES)));
    } else {
      absent.accept(
          "p-queue: not found; `npm install nunjucks p-queue` and set NODE_PATH to compare");
    }
    return contenders;
  }

  private Contender gitvan(Path directory) throws IOException {
    var set = page.openForRun(directory);
    var crew = new Crew();
    return new Contender() {
      /** Of no other run, whose outputs may be kept. */
      private long round = System.nanoTime();

      @Override
      public String name() {
        return "gitvan";
      }

      @Override
      public void run(int times, Samples samples) throws Exception {
        for (int i = 0; i < times; i++) {
          long now = round++;
          samples.add(
              crew.run(
                  FILES,
                  number -> {
                    var data =
                        new LinkedHashMap<>(
                            page.read(directory.resolve("data/" + number + ".json")));
                    data.put("round", now);
                    var path = "ours/" + now + "/" + number + ".md";
                    if (set.write(TEMPLATE, data, path).rendered().isCached()) {
                      throw new IllegalStateException("a page was not rendered");
                    }
                  }));
        }
      }

      @Override
      public void close() {
        crew.close();
      }
    };
  }
}

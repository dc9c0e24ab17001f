package dev.gitvan.bench.internal;

import dev.gitvan.git.Git;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Reads packed blobs of a KiB again and again. The peer is a {@code git cat-file --batch} that
 * stays open.
 */
@Component(service = Workload.class)
public final class GitObjectsWorkload implements Workload {
  private static final int BLOBS = 1000;
  private static final int SIZE = 1024;

  private final Git git;

  @Activate
  public GitObjectsWorkload(@Reference Git git) {
    this.git = git;
  }

  @Override
  public Plan plan() {
    return new Plan("git-objects", "git.object_read", 5000, 10_000);
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    var ids = repository(directory);
    return List.of(new Ours(directory, ids), new Theirs(directory, ids));
  }

  private static List<String> repository(Path directory) throws IOException {
    Programs.git(directory, "init", "-q", "-b", "main");
    var stream = new StringBuilder("commit refs/heads/main\n");
    stream.append("committer Bench <bench@example.org> 1700000000 +0000\ndata 5\nfirst\n");
    var random = new Random(1);
    for (int i = 0; i < BLOBS; i++) {
      var content = new StringBuilder(SIZE);
      while (content.length() < SIZE) {
        content.append((char) ('a' + random.nextInt(26)));
      }
      stream.append("M 100644 inline f").append(i).append(".txt\ndata ").append(SIZE).append('\n');
      stream.append(content).append('\n');
    }
    Programs.feed(directory, stream.toString(), "fast-import", "--quiet");
    Programs.git(directory, "repack", "-adq");
    var ids = new ArrayList<String>();
    for (var line : Programs.lines(directory, "ls-tree", "-r", "main")) {
      ids.add(line.split("\\s")[2]);
    }
    return ids;
  }

  private final class Ours implements Contender {
    private final dev.gitvan.git.GitRepository repository;
    private final List<String> ids;
    private int next;

    Ours(Path directory, List<String> ids) {
      this.repository = git.open(git.discover(directory));
      this.ids = ids;
    }

    @Override
    public String name() {
      return "gitvan";
    }

    @Override
    public void run(int times, Samples samples) {
      for (int i = 0; i < times; i++) {
        var id = ids.get(next++ % BLOBS);
        long start = System.nanoTime();
        int length = repository.read(id).length;
        samples.add(System.nanoTime() - start);
        check(length);
      }
    }

    @Override
    public void close() {
      repository.close();
    }
  }

  private static void check(int length) {
    if (length != SIZE) {
      throw new IllegalStateException("a blob of " + length + " bytes");
    }
  }

  private static final class Theirs implements Contender {
    private final Process process;
    private final InputStream answers;
    private final List<String> ids;
    private int next;

    Theirs(Path directory, List<String> ids) throws IOException {
      this.process = Programs.start(directory, "cat-file", "--batch");
      this.answers = new BufferedInputStream(process.getInputStream(), 1 << 16);
      this.ids = ids;
    }

    @Override
    public String name() {
      return "git";
    }

    @Override
    public void run(int times, Samples samples) throws IOException {
      for (int i = 0; i < times; i++) {
        var request = (ids.get(next++ % BLOBS) + "\n").getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        process.getOutputStream().write(request);
        process.getOutputStream().flush();
        int length = answer();
        samples.add(System.nanoTime() - start);
        check(length);
      }
    }

    private int answer() throws IOException {
      var header = new StringBuilder();
      for (int c; (c = answers.read()) != '\n'; ) {
        header.append((char) c);
      }
      int size = Integer.parseInt(header.substring(header.lastIndexOf(" ") + 1));
      int length = answers.readNBytes(size).length;
      answers.read();
      return length;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}

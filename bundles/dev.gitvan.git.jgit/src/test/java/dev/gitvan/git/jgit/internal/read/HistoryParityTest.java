package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.Commit;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history is that of {@code git log}, field by field, whatever the commits contain. The system
 * property {@value #FOREIGN} names repositories of others to compare as well, separated by commas:
 *
 * <pre>
 * ./mvnw verify -am -pl bundles/dev.gitvan.git.jgit -Dtest=HistoryParityTest
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dgitvan.test.histories=/path/of/one,/path/of/another
 * </pre>
 */
class HistoryParityTest {
  private static final String FOREIGN = "gitvan.test.histories";

  private static final List<String> MESSAGES =
      List.of(
          "",
          "\n",
          " \t\n\n",
          "one line",
          "one line\n",
          "blanks at its end  \t \n",
          "  blanks before\n",
          "\n\n  \nblank lines before\n\nbody\n",
          "two lines  \n  of subject \n",
          "two\nlines\n\nbody\n",
          "subject\n\nbody\n\n\nwith blank lines\n\n\n",
          "subject\n\n\n\nbody far below\n",
          "subject\n \t \nbody behind a line of blanks\n",
          "subject\n\n    indented code\n  end  \n",
          "subject\n\nbody without an end",
          "subject\n\nbody, then blanks\n   \n\t\n",
          "CR LF\r\n\r\nbody\r\n\r\nBREAKING CHANGE: all\r\n",
          "CR LF\r\non two lines\r\n \r\nbody\r\n",
          "CR LF without body\r\n",
          "CR\ralone\r\rbody\r",
          "mixed\r\n\nbody\n\r\n",
          "form feed\f\n\u000b\nbody\f\n",
          "no-break space\u00a0\n\u00a0\nwhich is no blank\u3000\n\u3000\n",
          "next line\u0085and line separator\u2028here\u2029\n\nbody\u2028\n",
          "\ufeffbyte order mark\n\nbody\n",
          "emoji \ud83d\ude80 and \ufffd itself\n",
          "control \u001b[31m \u0007 \u007f\n\n\u0001\n",
          "# comment\n\n# another\n---\n",
          "a very long subject " + "word ".repeat(2000) + "\n\nbody\n",
          "NUL\0in subject\n\nbody\n",
          "subject\n\nNUL\0in body\n",
          "subject\n\nKey: v\r\nOther: w\r\n",
          "subject\n\nKey: \u2028v\nSigned-off-by: A <a@b>\n",
          "subject\n\u3000\nKey: no trailer\n");

  private static final List<String> PEOPLE =
      List.of(
          "Ada <ada@example.org> 1700000000 +0100",
          "  Ada   Lovelace   <ada@example.org> 1700000000 +0100",
          "<ada@example.org> 1700000000 +0000",
          " <> 1700000000 -0730",
          "Ada 1700000000 +0000",
          "Ada <ada@example.org 1700000000 +0000",
          "Ada <ada <at> example.org> 1700000000 +0000",
          "Ada > King <ada@example.org> 1700000000 +0000",
          "Ada < ada@example.org > 1700000000 +0000",
          "Zo\u00eb \u00dcnal <zo\u00eb@example.org> 1700000000 +0545",
          "Ada <ada@example.org> 0 +0000",
          "Ada <ada@example.org> 1 -0000",
          "Ada <ada@example.org> 00001700000000 +0000",
          "Ada <ada@example.org> 4294967296 +1400",
          "Ada <ada@example.org> 253402300800 -1200",
          "Ada <ada@example.org> 18446744073709551616 +0100",
          "Ada <ada@example.org> 18446744073709551615 +0100",
          "Ada <ada@example.org> 9223372036854775808 +0100",
          "Ada <ada@example.org> 9223372036854775807 +0100",
          "Ada <ada@example.org> 99999999999999999999999999 +0000",
          "Ada <ada@example.org>1700000000 +0000",
          "Ada <ada@example.org>   1700000000   +0200  ",
          "Ada <ada@example.org> 1700000000 +99999999999");

  /** What Git shows is no date that Java has, or it shows none. */
  private static final Map<String, String> CLAMPED = new LinkedHashMap<>();

  static {
    CLAMPED.put("Ada <ada@example.org>", "1970-01-01T00:00Z");
    CLAMPED.put("Ada <ada@example.org> ", "1970-01-01T00:00Z");
    CLAMPED.put("Ada <ada@example.org> yesterday", "1970-01-01T00:00Z");
    CLAMPED.put("Ada <ada@example.org> -1 +0000", "1970-01-01T00:00Z");
    CLAMPED.put("Ada <ada@example.org> 1700000000", "1970-01-01T00:00Z");
    CLAMPED.put("Ada <ada@example.org> 1700000000 Z", "1970-01-01T00:00Z");
    CLAMPED.put("Ada <ada@example.org> 1700000000 +9959", "2023-11-15T16:13:20+18:00");
    CLAMPED.put("Ada <ada@example.org> 1700000000 -051800", "2023-11-14T04:13:20-18:00");
    CLAMPED.put("Ada <ada@example.org> 67767976233532799 +0000", "+999999999-12-30T23:59:59Z");
    CLAMPED.put("Ada <ada@example.org> 67767976233532800 +0000", "1970-01-01T00:00Z");
  }

  @TempDir Path directory;
  private GitSandbox git;
  private RawCommits raw;
  private Repositories repositories;
  private JGitGit service;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    raw = new RawCommits(git);
    repositories = new Repositories(git.environment());
    service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
  }

  @AfterEach
  void close() {
    repositories.close();
  }

  private List<Commit> history() {
    var commits = new ArrayList<Commit>();
    try (var repository = service.open(service.discover(git.root()));
        var history = repository.history(HistoryQuery.fromHead().ownCommits(true))) {
      history.forEachRemaining(commits::add);
    }
    return commits;
  }

  /** Each line of a log that ends with NUL, taken apart. */
  private List<String[]> log(String format) {
    var commits = new ArrayList<String[]>();
    for (var commit : git.run("log", "-z", "--format=" + format).out().split("\0")) {
      commits.add(commit.split("\u0001", -1));
    }
    return commits;
  }

  private void assertIsLog() {
    var log = log("%H%x01%P%x01%an%x01%ae%x01%s%x01%b");
    var commits = history();
    assertThat(commits).hasSameSizeAs(log);
    for (int i = 0; i < log.size(); i++) {
      var commit = commits.get(i);
      var fields = log.get(i);
      var message = git.run("cat-file", "commit", commit.id()).out();
      assertThat(commit.id()).isEqualTo(fields[0]);
      assertThat(String.join(" ", commit.parents())).isEqualTo(fields[1]);
      assertThat(commit.author()).as(message).isEqualTo(fields[2]);
      assertThat(commit.email()).as(message).isEqualTo(fields[3]);
      assertThat(commit.subject()).as(message).isEqualTo(fields[4]);
      assertThat(commit.body()).as(message).isEqualTo(fields[5].replaceFirst("\n+\\z", ""));
    }
  }

  @Test
  void messages() {
    MESSAGES.stream().filter(message -> !message.contains("\u0001")).forEach(raw::message);
    assertIsLog();
    try (var repository = service.open(service.discover(git.root()))) {
      for (var trailers : log("%H%x01%(trailers:only,unfold)")) {
        assertThat(repository.commits().find(trailers[0]).trailers())
            .as(git.run("cat-file", "commit", trailers[0]).out())
            .extracting(trailer -> (trailer.key() + ": " + trailer.value()).strip())
            .isEqualTo(trailers[1].lines().map(String::strip).toList());
      }
    }
  }

  @Test
  void people() {
    for (var person : PEOPLE) {
      raw.commit(person, person, "", "feat: a\n".getBytes());
    }
    assertIsLog();
    var log = log("%aI%x01%at%x01%cn%x01%ce%x01%cI");
    var commits = history();
    try (var repository = service.open(service.discover(git.root()))) {
      for (int i = 0; i < log.size(); i++) {
        var fields = log.get(i);
        var details = repository.commits().find(commits.get(i).id());
        var as = PEOPLE.get(PEOPLE.size() - 1 - i);
        assertThat(commits.get(i).date()).as(as).isEqualTo(date(fields[0]));
        assertThat(commits.get(i).date().getOffset()).isEqualTo(date(fields[0]).getOffset());
        assertThat(details.committer()).as(as).isEqualTo(fields[2]);
        assertThat(details.committerEmail()).as(as).isEqualTo(fields[3]);
        assertThat(details.committed()).as(as).isEqualTo(date(fields[4]));
      }
    }
  }

  private static OffsetDateTime date(String iso) {
    return OffsetDateTime.parse(
        iso.isEmpty() ? "1970-01-01T00:00Z" : iso.replaceFirst("^(\\d{5,})", "+$1"));
  }

  @Test
  void impossibleDates() {
    for (var person : CLAMPED.keySet()) {
      raw.commit(person, person, "", "feat: a\n".getBytes());
    }
    assertIsLog();
    assertThat(history())
        .extracting(commit -> commit.date().toString())
        .containsExactlyInAnyOrderElementsOf(CLAMPED.values());
  }

  @Test
  void encodings() {
    var text = "Gr\u00fc\u00dfe aus K\u00f6ln\n\n\u00e4\u00f6\u00fc\n";
    for (var name : List.of("ISO-8859-1", "latin1", "latin-1", "ISO8859-15", "windows-1252")) {
      encoded(name, text, Charset.forName(name.equals("latin-1") ? "latin1" : name));
    }
    encoded("UTF-8", text, StandardCharsets.UTF_8);
    encoded("utf8", text, StandardCharsets.UTF_8);
    encoded("Shift_JIS", "\u30c6\u30b9\u30c8\n\n\u65e5\u672c\n", Charset.forName("Shift_JIS"));
    encoded("EUC-JP", "\u30c6\u30b9\u30c8\n\n\u65e5\u672c\n", Charset.forName("EUC-JP"));
    encoded("KOI8-R", "\u041f\u0440\u0438\u0432\u0435\u0442\n", Charset.forName("KOI8-R"));
    encoded("no-such-encoding", text, StandardCharsets.UTF_8);
    encoded("", text, StandardCharsets.UTF_8);
    // Not valid in the encoding that it names: Git shows the bytes, which are UTF-8.
    encoded("US-ASCII", text, StandardCharsets.UTF_8);
    assertIsLog();
  }

  private void encoded(String name, String text, Charset charset) {
    var header = "encoding " + name + "\n";
    raw.commit(RawCommits.ADA, RawCommits.ADA, header, text.getBytes(charset));
  }

  /** A byte that is not UTF-8 becomes what Git makes of it when it commits. */
  @Test
  void whatIsNotUtf8IsLatin1() {
    var message = "fix: caf\u00e9 \u00fc\u00ff caf\u00e9 \u20ac\n\n\u00c3\u00e2\u0082 end\u00e2\n";
    // The first and the last one of the subject as UTF-8, the rest as Latin-1.
    var bytes =
        concat(
            "fix: caf\u00e9 ".getBytes(StandardCharsets.UTF_8),
            "\u00fc\u00ff caf".getBytes(StandardCharsets.ISO_8859_1),
            "\u00e9 \u20ac\n\n".getBytes(StandardCharsets.UTF_8),
            "\u00c3\u00e2\u0082 end\u00e2\n".getBytes(StandardCharsets.ISO_8859_1));
    raw.commit(RawCommits.ADA, RawCommits.ADA, "", bytes);
    var mine = history().get(0);
    git.write("../message", "");
    var file = git.home().resolveSibling("message");
    write(file, bytes);
    git.git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-F", file.toString());
    var gits = log("%s%x01%b").get(0);
    assertThat(mine.subject()).isEqualTo(gits[0]);
    assertThat(mine.subject() + "\n\n" + mine.body() + "\n").isEqualTo(message);
    assertThat(mine.body()).isEqualTo(gits[1].stripTrailing());
  }

  private static byte[] concat(byte[]... parts) {
    var all = new java.io.ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      java.nio.file.Files.write(file, bytes);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = FOREIGN, matches = ".+")
  void foreignHistories() {
    for (var path : System.getProperty(FOREIGN).split(",")) {
      assertIsForeignLog(git.at(Path.of(path)));
    }
  }

  private void assertIsForeignLog(GitSandbox foreign) {
    var format = "%H%x01%P%x01%an%x01%ae%x01%aI%x01%h%x01%s%x01%b";
    var log = foreign.run("log", "-z", "--format=" + format).out().split("\0");
    try (var repository = service.open(service.discover(foreign.root()));
        var history = repository.history(HistoryQuery.fromHead().ownCommits(true))) {
      for (var line : log) {
        var fields = line.split("\u0001", 8);
        var commit = history.next();
        assertThat(commit.id()).isEqualTo(fields[0]);
        assertThat(String.join(" ", commit.parents())).as(fields[0]).isEqualTo(fields[1]);
        assertThat(commit.date()).as(fields[0]).isEqualTo(date(fields[4]));
        assertThat(repository.commits().abbreviate(commit.id())).isEqualTo(fields[5]);
        // Git passes on bytes that are not UTF-8.
        if (line.indexOf('\ufffd') < 0) {
          assertThat(commit.author()).as(fields[0]).isEqualTo(fields[2]);
          assertThat(commit.email()).as(fields[0]).isEqualTo(fields[3]);
          assertThat(commit.subject()).as(fields[0]).isEqualTo(fields[6]);
          assertThat(commit.body()).as(fields[0]).isEqualTo(fields[7].replaceFirst("\n+\\z", ""));
        }
      }
      assertThat(history.hasNext()).isFalse();
    }
  }
}

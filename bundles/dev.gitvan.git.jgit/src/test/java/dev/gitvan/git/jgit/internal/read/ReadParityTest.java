package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.Branches.Branch;
import dev.gitvan.git.CommitGraph.Contributor;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.Notes.Note;
import dev.gitvan.git.Plumbing.TreeItem;
import dev.gitvan.git.Tags.Tag;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reading operation says what the {@code git} command says: in a repository with everything
 * that is odd, and in what comes of it by packing, cloning, cutting and linking.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadParityTest {
  @TempDir static Path directory;
  private final Map<String, GitSandbox> repositories = new TreeMap<>();
  private Repositories opened;
  private JGitGit service;

  @BeforeAll
  void build() {
    var odd = OddRepository.build(directory);
    repositories.put("odd", odd);
    var url = "file://" + odd.root();
    odd.git("clone", "-q", "--mirror", url, directory + "/bare.git");
    repositories.put("bare", odd.at(directory.resolve("bare.git")));
    odd.git("clone", "-q", "--depth=3", "--no-single-branch", url, directory + "/shallow");
    repositories.put("shallow", odd.at(directory.resolve("shallow")));
    odd.git("clone", "-q", url, directory + "/packed");
    var packed = odd.at(directory.resolve("packed"));
    packed.git("fetch", "-q", "origin", "refs/notes/*:refs/notes/*");
    packed.git("checkout", "-q", "--detach", "v1");
    packed.git("gc", "-q");
    packed.git("pack-refs", "--all");
    repositories.put("packed and detached", packed);
    odd.git("worktree", "add", "-q", "-b", "linked", directory + "/linked", "side/1");
    odd.git("worktree", "add", "-q", "--detach", directory + "/gone", "v1");
    odd.git("worktree", "add", "-q", "--lock", directory + "/locked", "x");
    odd.exec(List.of("rm", "-r", directory + "/gone"), Map.of());
    repositories.put("linked", odd.at(directory.resolve("linked")));
    odd.git("init", "-q", directory + "/unborn");
    repositories.put("unborn", odd.at(directory.resolve("unborn")));
    opened = new Repositories(odd.environment());
    service = new JGitGit(opened, Metrics.NONE, new GitCommand(new LocalLauncher()));
  }

  @AfterAll
  void close() {
    opened.close();
  }

  List<String> names() {
    return List.of("odd", "bare", "shallow", "packed and detached", "linked", "unborn");
  }

  private void check(String name, BiConsumer<GitSandbox, GitRepository> comparison) {
    var git = repositories.get(name);
    try (var repository = service.open(service.discover(git.root()))) {
      comparison.accept(git, repository);
    }
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
  }

  /** Commits to ask about: some of each kind. */
  private static List<String> sample(GitSandbox git) {
    var all = new ArrayList<>(lines(git.git("rev-list", "--all", "--no-walk=unsorted")));
    var more = lines(git.git("rev-list", "--all"));
    for (int i = 0; i < more.size(); i += 13) {
      all.add(more.get(i));
    }
    return all.stream().distinct().toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void branches(String name) {
    check(
        name,
        (git, repository) -> {
          var format = "%(refname) %(objectname) %(HEAD) %(upstream)%(if)%(symref)%(then)!%(end).";
          assertThat(repository.branches().local())
              .extracting(ReadParityTest::told)
              .isEqualTo(lines(git.git("for-each-ref", "--format=" + format, "refs/heads")));
          assertThat(repository.branches().remote())
              .extracting(ReadParityTest::told)
              .isEqualTo(
                  lines(git.git("for-each-ref", "--format=" + format, "refs/remotes")).stream()
                      .filter(line -> !line.endsWith("!."))
                      .toList());
          for (var branch : repository.branches().local()) {
            assertThat(repository.branches().find(branch.name())).contains(branch);
          }
          assertThat(repository.branches().find("no such")).isEmpty();
          for (var id : sample(git)) {
            assertThat(repository.branches().containing(id))
                .extracting(Branch::ref)
                .isEqualTo(
                    lines(
                        git.git(
                            "for-each-ref",
                            "--format=%(refname)",
                            "--contains",
                            id,
                            "refs/heads")));
            assertThat(repository.branches().mergedInto(id))
                .extracting(Branch::ref)
                .isEqualTo(
                    lines(
                        git.git(
                            "for-each-ref", "--format=%(refname)", "--merged", id, "refs/heads")));
          }
        });
  }

  private static String told(Branch branch) {
    return branch.ref()
        + " "
        + branch.objectId()
        + " "
        + (branch.current() ? "*" : " ")
        + " "
        + branch.upstream()
        + ".";
  }

  @ParameterizedTest
  @MethodSource("names")
  void tags(String name) {
    check(
        name,
        (git, repository) -> {
          for (var tag : repository.tags().all()) {
            var format =
                "%(objectname)%00%(taggername)%00%(taggeremail:trim)%00%(taggerdate:unix)%00%(contents)";
            var fields = git.git("for-each-ref", "--format=" + format, tag.ref()).split("\0", -1);
            assertThat(tag.objectId()).isEqualTo(fields[0]);
            assertThat(tag.target()).isEqualTo(git.git("rev-parse", tag.ref() + "^{}"));
            assertThat(tag.isAnnotated())
                .isEqualTo(git.git("cat-file", "-t", tag.ref()).equals("tag"));
            if (tag.isAnnotated()) {
              assertThat(tag.annotation().tagger()).isEqualTo(fields[1]);
              assertThat(tag.annotation().email()).isEqualTo(fields[2]);
              assertThat(tag.annotation().date().toEpochSecond()).asString().isEqualTo(fields[3]);
              assertThat(tag.annotation().message().strip()).isEqualTo(fields[4].strip());
            }
            assertThat(repository.tags().find(tag.name())).contains(tag);
          }
          assertThat(repository.tags().all())
              .extracting(Tag::ref)
              .isEqualTo(lines(git.git("for-each-ref", "--format=%(refname)", "refs/tags")));
          for (var id : sample(git)) {
            assertThat(repository.tags().containing(id))
                .extracting(Tag::ref)
                .isEqualTo(
                    lines(
                        git.git(
                            "for-each-ref", "--format=%(refname)", "--contains", id, "refs/tags")));
          }
          for (var tag : repository.tags().all()) {
            var ids = tag.objectId() + " " + tag.target();
            assertThat(repository.tags().pointingAt(tag.target()))
                .as(ids)
                .contains(tag)
                .extracting(Tag::ref)
                .containsAll(
                    lines(
                        git.git(
                            "for-each-ref",
                            "--format=%(refname)",
                            "--points-at",
                            tag.target(),
                            "refs/tags")));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("names")
  void commits(String name) {
    check(
        name,
        (git, repository) -> {
          for (var id : lines(git.git("rev-list", "--all"))) {
            var format = "%T%n%cn%n%ce%n%cI%n%an%n%ae%n%aI%n%P%n%s%n%(trailers:only,unfold)";
            var lines = git.git("show", "-s", "--format=" + format, id).split("\n", 10);
            var details = repository.commits().find(id);
            assertThat(details.tree()).isEqualTo(lines[0]);
            assertThat(details.committer()).isEqualTo(lines[1]);
            assertThat(details.committerEmail()).isEqualTo(lines[2]);
            assertThat(details.committed()).isEqualTo(lines[3]);
            assertThat(details.commit().author()).isEqualTo(lines[4]);
            assertThat(details.commit().email()).isEqualTo(lines[5]);
            assertThat(details.commit().date()).isEqualTo(lines[6]);
            assertThat(String.join(" ", details.commit().parents()))
                .isEqualTo(lines.length > 7 ? lines[7] : "");
            assertThat(details.commit().subject()).isEqualTo(lines.length > 8 ? lines[8] : "");
            assertThat(details.signed()).isFalse();
            assertThat(details.trailers())
                .as(id)
                .extracting(trailer -> (trailer.key() + ": " + trailer.value()).strip())
                .isEqualTo(lines.length > 9 ? lines(lines[9]) : List.of());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("names")
  void graph(String name) {
    check(
        name,
        (git, repository) -> {
          var graph = repository.commits();
          assertThat(graph.isShallow())
              .isEqualTo(git.git("rev-parse", "--is-shallow-repository").equals("true"));
          var sample = sample(git);
          var only = new HashMap<String, List<String>>();
          var bases = new HashMap<String, List<String>>();
          for (var one : sample) {
            for (var other : sample) {
              only.put(one + " ^" + other, lines(git.git("rev-list", one, "^" + other)));
              if (one.compareTo(other) <= 0) {
                bases.put(
                    one + " " + other,
                    lines(git.run("merge-base", "--all", one, other).out().strip()));
              }
            }
          }
          for (var one : sample) {
            var all = HistoryQuery.of(one).ownCommits(true);
            assertThat(graph.count(all)).asString().isEqualTo(git.git("rev-list", "--count", one));
            assertThat(graph.ids(all, 5)).isEqualTo(lines(git.git("rev-list", "-n5", one)));
            for (var other : sample) {
              // What one has and the other has not, and back, is all that ancestry and divergence
              // are.
              var ahead = only.get(one + " ^" + other);
              var behind = only.get(other + " ^" + one);
              assertThat(graph.mergeBases(one, other))
                  .as(one + " " + other)
                  .containsExactlyInAnyOrderElementsOf(
                      bases.get(one.compareTo(other) < 0 ? one + " " + other : other + " " + one));
              assertThat(graph.isAncestor(one, other)).isEqualTo(ahead.isEmpty());
              var without = HistoryQuery.of(one).exclude(other).ownCommits(true);
              assertThat(graph.ids(without, 1000)).containsExactlyInAnyOrderElementsOf(ahead);
              var apart = graph.divergence(one, other);
              assertThat(apart.ahead()).isEqualTo(ahead.size());
              assertThat(apart.behind()).isEqualTo(behind.size());
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("names")
  void contributors(String name) {
    check(
        name,
        (git, repository) -> {
          for (var one : sample(git)) {
            assertThat(repository.commits().contributors(one, List.of()))
                .extracting(ReadParityTest::told)
                .isEqualTo(lines(git.git("shortlog", "-sne", one)));
          }
        });
  }

  private static String told(Contributor contributor) {
    return "%6d\t%s <%s>".formatted(contributor.commits(), contributor.name(), contributor.email());
  }

  @ParameterizedTest
  @MethodSource("names")
  void remotesAndStashes(String name) {
    check(
        name,
        (git, repository) -> {
          var remotes = repository.remotes().list();
          assertThat(remotes).extracting(r -> r.name()).isEqualTo(lines(git.git("remote")));
          for (var remote : remotes) {
            assertThat(remote.fetchUrls())
                .isEqualTo(lines(git.git("remote", "get-url", "--all", remote.name())));
            assertThat(remote.pushUrls())
                .isEqualTo(lines(git.git("remote", "get-url", "--all", "--push", remote.name())));
            assertThat(remote.fetchRefspecs())
                .isEqualTo(
                    lines(
                        git.run("config", "--get-all", "remote." + remote.name() + ".fetch")
                            .out()
                            .strip()));
            assertThat(repository.remotes().find(remote.name())).contains(remote);
          }
          assertThat(repository.remotes().find("nobody")).isEmpty();
          assertThat(repository.stashes().list())
              .extracting(stash -> stash.id() + " " + stash.message())
              .isEqualTo(
                  name.equals("bare")
                      ? List.of()
                      : lines(git.git("stash", "list", "--format=%H %gs")));
        });
  }

  @ParameterizedTest
  @MethodSource("names")
  void worktrees(String name) {
    check(
        name,
        (git, repository) -> {
          var expected = new ArrayList<String>();
          for (var block : git.git("worktree", "list", "--porcelain").split("\n\n")) {
            expected.add(
                String.join(
                    "|",
                    lines(block).stream()
                        .filter(line -> !line.equals("detached"))
                        .filter(line -> !line.equals("HEAD " + "0".repeat(40)))
                        .map(line -> line.replaceFirst("^prunable .*", "prunable"))
                        .toList()));
          }
          assertThat(repository.worktrees().list())
              .extracting(
                  tree ->
                      "worktree "
                          + tree.path()
                          + (tree.bare() ? "|bare" : "")
                          + (tree.head().isEmpty() ? "" : "|HEAD " + tree.head())
                          + (tree.branch().isEmpty() ? "" : "|branch " + tree.branch())
                          + (tree.locked() ? ("|locked " + tree.lockReason()).stripTrailing() : "")
                          + (tree.prunable() ? "|prunable" : ""))
              .isEqualTo(expected);
        });
  }

  @ParameterizedTest
  @MethodSource("names")
  void refsAndLogs(String name) {
    check(
        name,
        (git, repository) -> {
          var names = new ArrayList<>(lines(git.git("for-each-ref", "--format=%(refname)")));
          names.add("HEAD");
          for (var ref : names) {
            var found = git.run("rev-parse", "-q", "--verify", ref);
            assertThat(repository.refs().find(ref).orElse("")).isEqualTo(found.out().strip());
            assertThat(repository.refs().symbolic(ref).orElse(""))
                .isEqualTo(
                    git.run("symbolic-ref", "-q", "--no-recurse", ref).status() == 129
                        ? git.run("symbolic-ref", "-q", ref).out().strip()
                        : git.run("symbolic-ref", "-q", "--no-recurse", ref).out().strip());
            var log =
                found.status() == 0
                    ? git.git("reflog", "show", "--format=%H %gn %ge %gs", ref)
                    : "";
            assertThat(repository.refs().reflog(ref, 1000))
                .as(ref)
                .extracting(
                    e -> (e.newId() + " " + e.who() + " " + e.email() + " " + e.message()).strip())
                .isEqualTo(lines(log));
          }
          assertThat(repository.refs().find("refs/heads/none")).isEmpty();
          assertThat(repository.refs().reflog("refs/heads/none", 10)).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("names")
  void notes(String name) {
    check(
        name,
        (git, repository) -> {
          assertThat(repository.notes().refs())
              .isEqualTo(lines(git.git("for-each-ref", "--format=%(refname)", "refs/notes")));
          for (var ref : repository.notes().refs()) {
            var notes = repository.notes().list(ref);
            assertThat(notes)
                .extracting(note -> note.noteId() + " " + note.objectId())
                .containsExactlyInAnyOrderElementsOf(lines(git.git("notes", "--ref", ref, "list")));
            for (Note note : notes) {
              // Elsewhere than in the first, the object may be beyond where history was cut.
              if (git.run("cat-file", "-e", note.objectId()).status() == 0) {
                assertThat(repository.notes().find(ref, note.objectId()).orElseThrow().strip())
                    .isEqualTo(git.git("notes", "--ref", ref, "show", note.objectId()));
              }
            }
          }
          assertThat(repository.notes().list("refs/notes/none")).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("names")
  void plumbing(String name) {
    check(
        name,
        (git, repository) -> {
          var plumbing = repository.plumbing();
          for (var line : lines(git.git("cat-file", "--batch-all-objects", "--batch-check"))) {
            var fields = line.split(" ");
            var info = plumbing.info(fields[0]);
            assertThat(info.id()).isEqualTo(fields[0]);
            assertThat(info.type().name()).isEqualToIgnoringCase(fields[1]);
            assertThat(info.size()).asString().isEqualTo(fields[2]);
            var content = plumbing.content(fields[0]);
            assertThat(content).hasSize(Integer.parseInt(fields[2]));
            if (fields[1].equals("blob")) {
              assertThat(plumbing.hash(content)).isEqualTo(fields[0]);
              assertThat(new String(content, StandardCharsets.UTF_8))
                  .isEqualTo(git.run("cat-file", "blob", fields[0]).out());
            }
          }
          for (var id : lines(git.git("rev-list", "--all"))) {
            for (boolean recursive : List.of(true, false)) {
              var command =
                  recursive
                      ? new String[] {"ls-tree", "-rz", id}
                      : new String[] {"ls-tree", "-z", id};
              assertThat(plumbing.tree(id, recursive))
                  .extracting(ReadParityTest::told)
                  .isEqualTo(
                      Arrays.stream(git.run(command).out().split("\0"))
                          .filter(line -> !line.isEmpty())
                          .toList());
            }
          }
        });
  }

  private static String told(TreeItem item) {
    return "%06o %s %s\t%s"
        .formatted(item.mode(), item.type().name().toLowerCase(), item.id(), item.path());
  }
}

package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.FetchSpec;
import dev.gitvan.git.GitRefs.RefMove;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.MergeSpec;
import dev.gitvan.git.Operations.FastForward;
import dev.gitvan.git.Operations.Merged;
import dev.gitvan.git.PullSpec;
import dev.gitvan.git.PushSpec;
import dev.gitvan.git.RebaseSpec;
import dev.gitvan.git.RunRemotes;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.command.Urls;
import dev.gitvan.git.jgit.internal.read.JGitRemotes;
import dev.gitvan.git.jgit.internal.read.RemoteSettings;
import dev.gitvan.git.jgit.internal.refs.GitVanRefs;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

/** Remotes of a run, by the {@code git} command. */
final class GitRemotes extends JGitRemotes implements RunRemotes {
  private static final Pattern PUSHED = Pattern.compile("([ +\\-*!=])\t([^:\t]*):([^\t]*)\t(.*)");

  private final RunScope scope;
  private final GitOperations operations;

  GitRemotes(RunScope scope, GitOperations operations) {
    super(scope.view());
    this.scope = scope;
    this.operations = operations;
  }

  /**
   * Checks where a remote leads.
   *
   * @return what Git is given
   */
  private String checked(String remote, boolean push) {
    Arguments.plain(remote, "a remote");
    var worktree = scope.view().worktree();
    var known = find(remote);
    if (known.isPresent()) {
      var urls = push ? known.get().pushUrls() : known.get().fetchUrls();
      urls.forEach(url -> Urls.check(url, worktree));
      return remote;
    }
    if (!remote.contains("/") && !remote.contains(":") && !remote.equals(".")) {
      throw GitVanException.of(
          Codes.REMOTE_NOT_FOUND, remote, "there is no such remote", "See `git remote -v`.");
    }
    Urls.check(remote, worktree);
    Urls.check(RemoteSettings.rewritten(scope.view().settings(), remote, push), worktree);
    return remote;
  }

  @Override
  public List<GitRepository.Ref> listRefs(String remote, List<String> patterns) {
    var call =
        GitCall.reading("ls-remote", "--quiet", "--refs", "--", checked(remote, false))
            .with(patterns);
    return scope.view().run(call).lines().stream()
        .map(line -> line.split("\t", 2))
        .filter(parts -> parts.length == 2)
        .map(parts -> new GitRepository.Ref(parts[1], parts[0]))
        .sorted(Comparator.comparing(GitRepository.Ref::name))
        .toList();
  }

  @Override
  public List<RefMove> fetch(FetchSpec spec) {
    var from = checked(spec.remote(), false);
    spec.refspecs().forEach(GitRemotes::checkRefspec);
    var call =
        fetch()
            .with(spec.prune() ? "--prune" : "--no-prune")
            .when(spec.tags() == FetchTags.ALL, "--tags")
            .when(spec.tags() == FetchTags.NONE, "--no-tags")
            .when(spec.depth() > 0, "--depth=" + spec.depth())
            .with("--", from)
            .with(spec.refspecs());
    return scope.immediate(
        "fetch " + Urls.shown(spec.remote()),
        () -> {
          var before = refs();
          scope.run(call);
          return moves(before, refs());
        });
  }

  private static GitCall fetch() {
    return GitCall.changing(
        "fetch", "--quiet", "--no-recurse-submodules", "--no-progress", "--no-auto-gc");
  }

  /** Receipts and locks are never overwritten from elsewhere. */
  private static void checkRefspec(String refspec) {
    Arguments.plain(refspec, "a refspec");
    var target = refspec.substring(refspec.indexOf(':') + 1);
    if (refspec.contains(":")
        && (target.equals(GitVanRefs.RECEIPTS) || target.startsWith(GitVanRefs.LOCKS))) {
      throw GitVanException.of(
          Codes.REF_INVALID,
          target,
          "the name is reserved for GitVan's receipts and locks",
          "Use `gitvan receipt sync` for receipts.");
    }
  }

  private Map<String, String> refs() {
    var refs = new TreeMap<String, String>();
    try {
      for (Ref ref : scope.view().repository().getRefDatabase().getRefsByPrefix("refs/")) {
        if (ref.getObjectId() != null && !ref.isSymbolic()) {
          refs.put(ref.getName(), ref.getObjectId().name());
        }
      }
      return refs;
    } catch (IOException e) {
      throw GitFailure.of(e, "refs/");
    }
  }

  private static List<RefMove> moves(Map<String, String> before, Map<String, String> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    var moves = new ArrayList<RefMove>();
    for (var name : names) {
      var from = before.getOrDefault(name, "");
      var to = after.getOrDefault(name, "");
      if (!from.equals(to)) {
        moves.add(new RefMove(name, from, to));
      }
    }
    return moves;
  }

  @Override
  public List<Pushed> push(PushSpec spec) {
    if (spec.refspecs().isEmpty()) {
      throw GitVanException.of(
          Codes.REMOTE_REF_NOT_FOUND, spec.remote(), "there is nothing to push", "Pass a ref.");
    }
    var to = checked(spec.remote(), true);
    spec.refspecs().forEach(refspec -> Arguments.plain(refspec, "a refspec"));
    var call =
        GitCall.changing("push", "--porcelain", "--no-recurse-submodules", "--no-progress")
            .when(spec.atomic(), "--atomic")
            .when(spec.force() == Force.WITH_LEASE, "--force-with-lease")
            .when(spec.force() == Force.YES, "--force")
            .when(!spec.hooks(), "--no-verify")
            .with("--", to)
            .with(spec.refspecs())
            .hooks(spec.hooks());
    return scope.immediate(
        "push " + Urls.shown(spec.remote()) + " " + String.join(" ", spec.refspecs()),
        () -> push(call));
  }

  private List<Pushed> push(GitCall call) {
    var output = scope.view().tried(call);
    var pushed = new ArrayList<Pushed>();
    for (var line : output.lines()) {
      var match = PUSHED.matcher(line);
      if (!match.matches()) {
        continue;
      }
      if (match.group(1).equals("!")) {
        throw GitVanException.of(
            Codes.REMOTE_REJECTED,
            match.group(3),
            "not pushed: " + match.group(4),
            "Fetch, merge or rebase, and push again.");
      }
      pushed.add(new Pushed(match.group(2), match.group(3), !match.group(1).equals("=")));
    }
    if (output.status() != 0) {
      throw GitCommand.failure(call, output).toException();
    }
    return pushed;
  }

  @Override
  public Merged pull(PullSpec spec) {
    scope.requireBranch();
    var from = checked(spec.remote(), false);
    var branch = Arguments.branch(spec.branch());
    var what = "pull " + Urls.shown(spec.remote()) + " " + spec.branch();
    return scope.immediateBelow(
        what,
        () ->
            operations.moved(
                () -> {
                  scope.run(fetch().with("--", from, branch));
                  bring(what, spec, fetched());
                }));
  }

  private void bring(String what, PullSpec spec, String id) {
    if (spec.mode() == PullMode.REBASE) {
      operations.rebase(what, id, id, RebaseSpec.of(id));
      return;
    }
    var message =
        "Merge branch '" + spec.branch() + "' of " + Urls.shown(spec.remote()) + operations.into();
    var merge = MergeSpec.of(id);
    operations.merge(
        what,
        id,
        message,
        spec.mode() == PullMode.FAST_FORWARD ? merge.fastForward(FastForward.ONLY) : merge);
  }

  /** The commit that Git notes down when it has fetched one ref. */
  private String fetched() {
    var file = scope.view().worktree().gitDir().resolve("FETCH_HEAD");
    try {
      var text = GitText.name(Files.readAllBytes(file));
      return text.substring(0, Constants.OBJECT_ID_STRING_LENGTH);
    } catch (IOException e) {
      throw GitFailure.of(e, file.toString());
    }
  }

  @Override
  public void add(String name, String url) {
    Arguments.plain(name, "a remote");
    Urls.check(url, scope.view().worktree());
    scope.immediate(
        "remote add " + name, () -> scope.run(GitCall.changing("remote", "add", name, url)));
  }

  @Override
  public void setUrl(String name, String url) {
    require(name);
    Urls.check(url, scope.view().worktree());
    scope.immediate(
        "remote set-url " + name,
        () -> scope.run(GitCall.changing("remote", "set-url", name, url)));
  }

  @Override
  public void remove(String name) {
    require(name);
    scope.immediate(
        "remote remove " + name, () -> scope.run(GitCall.changing("remote", "remove", name)));
  }

  private void require(String name) {
    Arguments.plain(name, "a remote");
    if (find(name).isEmpty()) {
      throw GitVanException.of(
          Codes.REMOTE_NOT_FOUND, name, "there is no such remote", "See `git remote -v`.");
    }
  }
}

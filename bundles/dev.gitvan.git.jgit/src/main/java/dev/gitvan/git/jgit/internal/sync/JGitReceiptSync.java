package dev.gitvan.git.jgit.internal.sync;

import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.git.Git;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.ReceiptSync;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.refs.Recovery;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.refs.RefTransaction;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.git.jgit.internal.write.LooseObjects;
import dev.gitvan.git.jgit.internal.write.ReceiptMerge;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Fetches and pushes with the {@code git} command, merges under the ref's lock. */
@Component(service = SharedService.class)
@GitVanSharedService(type = ReceiptSync.class)
public final class JGitReceiptSync implements ReceiptSync, SharedService {
  private final Repositories repositories;
  private final Git git;
  private final GitCommand command;
  private final Configurations configurations;

  @Activate
  public JGitReceiptSync(
      @Reference Repositories repositories,
      @Reference Git git,
      @Reference GitCommand command,
      @Reference Configurations configurations) {
    this.repositories = repositories;
    this.git = git;
    this.command = command;
    this.configurations = configurations;
  }

  @Override
  public List<String> setUp(WorktreeId worktree, String remote, boolean dryRun, Caller caller) {
    var opened = repositories.open(worktree);
    try (var repository = opened.repository()) {
      var name = remote == null ? null : name(opened, remote);
      return setUp(opened, name, dryRun, new Exchange(opened, command, caller));
    }
  }

  private String name(Opened opened, String remote) {
    var place = place(opened, remote, false);
    return place
        .name()
        .orElseThrow(
            () ->
                GitVanException.of(
                    Codes.REMOTE_NOT_FOUND,
                    place.shown(),
                    "it is not a configured remote, so nothing can be set for it",
                    "Add it as a remote: `git remote add NAME URL`."));
  }

  private static List<String> setUp(
      Opened opened, String remote, boolean dryRun, Exchange exchange) {
    var missing = SyncSettings.missing(opened.settings(), remote);
    if (!dryRun) {
      missing.forEach(exchange::configure);
    }
    return missing.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  private Place place(Opened opened, String remote, boolean push) {
    try (var repository = git.open(opened.worktree())) {
      return Place.of(remote, repository.remotes(), opened.settings(), opened.worktree(), push);
    }
  }

  @Override
  public Report sync(WorktreeId worktree, Request request, Caller caller) {
    var opened = repositories.open(worktree);
    try (var repository = opened.repository()) {
      var place = place(opened, request.remote(), request.push());
      var exchange = new Exchange(opened, command, caller);
      var configured = setUp(opened, place.name().orElse(null), request.dryRun(), exchange);
      return request.dryRun()
          ? look(opened, place, exchange, configured)
          : exchange(opened, place, exchange, configured, request.push());
    } catch (IOException e) {
      throw GitFailure.of(e, worktree.toString());
    }
  }

  private Report look(Opened opened, Place place, Exchange exchange, List<String> configured)
      throws IOException {
    var theirs = exchange.list(place);
    var ours = refs(opened, SyncSettings.NOTES);
    int received = 0;
    int sent = 0;
    boolean behind = false;
    for (var ref : theirs.entrySet()) {
      var own = ours.get(ref.getKey());
      boolean here = opened.repository().getObjectDatabase().has(ref.getValue());
      if (!here) {
        behind = true;
      } else if (!ref.getValue().equals(own)) {
        received += ReceiptMerge.more(opened, ref.getValue(), own);
      }
    }
    for (var ref : ours.entrySet()) {
      var their = theirs.get(ref.getKey());
      boolean here = their == null || opened.repository().getObjectDatabase().has(their);
      sent +=
          ReceiptMerge.more(
              opened, ref.getValue(), here ? their : tracked(opened, place, ref.getKey()));
    }
    return new Report(
        place.shown(), configured, received, sent, state(sent > 0, behind || received > 0));
  }

  private static ObjectId tracked(Opened opened, Place place, String ref) throws IOException {
    return new RefFiles(opened.worktree())
        .read(place.tracking() + ref.substring(SyncSettings.NOTES.length()));
  }

  private static State state(boolean ahead, boolean behind) {
    return ahead ? behind ? State.DIVERGED : State.AHEAD : behind ? State.BEHIND : State.SAME;
  }

  private Report exchange(
      Opened opened, Place place, Exchange exchange, List<String> configured, boolean push)
      throws IOException {
    int received = 0;
    for (int attempt = 1; ; attempt++) {
      exchange.fetch(place);
      var theirs = refs(opened, place.tracking());
      for (var ref : theirs.entrySet()) {
        received += merge(opened, ref.getKey(), ref.getValue(), place.shown());
      }
      int sent = 0;
      var tips = new TreeMap<String, ObjectId>();
      for (var ref : refs(opened, SyncSettings.NOTES).entrySet()) {
        var their = theirs.get(ref.getKey());
        if (!ref.getValue().equals(their)) {
          tips.put(ref.getKey(), ref.getValue());
          sent += ReceiptMerge.more(opened, ref.getValue(), their);
        }
      }
      if (!push || tips.isEmpty()) {
        return new Report(place.shown(), configured, received, 0, state(!tips.isEmpty(), false));
      }
      if (exchange.push(place, tips)) {
        return new Report(place.shown(), configured, received, sent, State.SAME);
      }
      if (attempt == Exchange.ATTEMPTS) {
        throw GitVanException.of(
            Codes.REPO_MOVED,
            place.shown(),
            "other programs keep writing receipts there",
            "Run it again when they are done.");
      }
      exchange.pause(attempt);
    }
  }

  /** Notes below a prefix, by the names that they have in a repository of their own. */
  private static Map<String, ObjectId> refs(Opened opened, String prefix) throws IOException {
    var refs = new TreeMap<String, ObjectId>();
    for (var ref : opened.repository().getRefDatabase().getRefsByPrefix(prefix)) {
      if (!ref.isSymbolic() && ref.getObjectId() != null) {
        refs.put(SyncSettings.NOTES + ref.getName().substring(prefix.length()), ref.getObjectId());
      }
    }
    return refs;
  }

  private int merge(Opened opened, String ref, ObjectId theirs, String from) throws IOException {
    var repository = opened.worktree().repository();
    var permissions = SharedPermissions.of(opened.settings());
    boolean durable = GitSettings.syncs(configurations.load(opened.worktree()));
    var turn = repositories.turn(repository);
    turn.lock();
    try (var objects = LooseObjects.of(opened, durable)) {
      var refs = new RefFiles(opened.worktree());
      var merge = new ReceiptMerge(opened, refs, refs.leaf(ref), theirs, from, objects);
      new RefTransaction(
              refs,
              new Recovery(repository, permissions),
              permissions,
              Failpoint.NONE,
              durable,
              opened.debug())
          .run(merge);
      return merge.received();
    } catch (RefTransaction.Moved e) {
      throw new IllegalStateException(e); // nothing is expected to be as it was
    } finally {
      turn.unlock();
    }
  }
}

package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.git.jgit.internal.settings.Identity;
import dev.gitvan.job.Receipt;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;

/**
 * Writes a batch of transactions: at most one that moves refs, and any number of receipts. Whatever
 * a ref has become meanwhile is read again and merged; nothing is ever forced.
 */
final class Applying {
  /** How long refs may keep moving under our hands. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final Documents documents;
  private final Metrics metrics;
  private final Failpoint failpoint;

  Applying(Documents documents, Metrics metrics, Failpoint failpoint) {
    this.documents = documents;
    this.metrics = metrics;
    this.failpoint = failpoint;
  }

  /**
   * Applies requests and sets their outcomes.
   *
   * @param batch the first may move refs
   */
  void apply(List<Request> batch) throws IOException {
    var pending = new ArrayList<>(batch);
    long start = System.nanoTime();
    while (!pending.isEmpty()) {
      try {
        attempt(pending);
        return;
      } catch (RefTransaction.Moved e) {
        if (System.nanoTime() - start > PATIENCE) {
          throw GitVanException.of(
              Codes.REPO_MOVED,
              e.getMessage(),
              "other programs keep moving this ref",
              "Run it again when they are done.");
        }
      } catch (Refused e) {
        // Only this one cannot be applied; the receipts of the others can.
        e.request.fail(e.problem);
        pending.remove(e.request);
      }
    }
  }

  /** A request that cannot be applied. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Request request;
    private final transient GitVanException problem;

    Refused(Request request, GitVanException problem) {
      super(problem.getMessage(), problem, false, false);
      this.request = request;
      this.problem = problem;
    }
  }

  private void attempt(List<Request> pending) throws RefTransaction.Moved, Refused, IOException {
    var first = pending.get(0);
    var worktree = first.opened.worktree();
    var settings = first.settings;
    var permissions = SharedPermissions.of(settings);
    boolean durable = pending.stream().anyMatch(request -> request.durable);
    var refs = new RefFiles(worktree);
    var who = new Identity(settings, Instant.now()).recorder();
    try (var objects = new LooseObjects(first.opened.repository(), durable, permissions);
        var reader = objects.newReader()) {
      var factory =
          new CommitFactory(
              objects, new Signer(settings, worktree.root().orElse(worktree.gitDir())));
      var moves = new ArrayList<Move>();
      var made = new HashMap<ObjectId, ObjectId>();
      var head = refs.head();
      CommittedIndex index = null;
      if (!first.isReceiptsOnly()) {
        try {
          index = stage(first, refs, head, reader, objects, factory, moves, made);
        } catch (GitVanException e) {
          throw new Refused(first, e);
        }
      }
      var outcomes = new LinkedHashMap<Request, List<Receipt>>();
      pending.forEach(request -> outcomes.put(request, withCommits(request, made)));
      moves.addAll(notes(pending, outcomes, refs, made, reader, objects, who));
      objects.flush();
      failpoint.reach("after-objects");
      var recovery = new Recovery(worktree.repository(), permissions);
      long start = System.nanoTime();
      try {
        new RefTransaction(
                refs,
                Recovery.folder(worktree.repository()),
                recovery,
                permissions,
                failpoint,
                durable)
            .run(moves, head.branch(), new Reflog(worktree, settings), who, index);
      } catch (GitVanException e) {
        if (index != null && index.refused()) {
          throw new Refused(first, e);
        }
        throw e;
      }
      metrics.recorder(Operation.GIT_REFS_BATCH).since(start);
      outcomes.forEach(Request::succeed);
    }
  }

  /** The moves of branch and tags; returns what to do with the index, or null. */
  private CommittedIndex stage(
      Request request,
      RefFiles refs,
      RefFiles.Head head,
      ObjectReader reader,
      StagedObjects objects,
      CommitFactory factory,
      List<Move> moves,
      Map<ObjectId, ObjectId> made)
      throws IOException {
    CommittedIndex index = null;
    if (!request.commits.isEmpty()) {
      var branch = request.base.branch();
      CommittedIndex.requireHead(branch, head);
      var tip = head.id();
      var base = ObjectId.fromString(request.base.head());
      if (tip.equals(base)) {
        request.commits.forEach(commit -> made.put(commit.id(), commit.id()));
      } else {
        made.putAll(new Rebuild(reader, objects, factory).onto(request.commits, base, tip));
      }
      var last = request.commits.get(request.commits.size() - 1);
      if (!made.get(last.id()).equals(tip)) {
        var subject = last.message().lines().findFirst().orElse("");
        moves.add(new Move(branch, tip, made.get(last.id()), null, "commit: " + subject));
      }
      index = new CommittedIndex(request, refs);
    }
    for (var tag : request.tags) {
      var taken = refs.read(tag.ref()) != null ? tag.ref() : refs.conflict(tag.ref());
      if (taken != null) {
        throw Transaction.exists(tag.ref(), taken);
      }
      var target = made.getOrDefault(tag.target(), tag.target());
      var name = tag.ref().substring(Constants.R_TAGS.length());
      var id =
          target.equals(tag.target())
              ? tag.id()
              : factory.tag(name, target, tag.tagger(), tag.message());
      moves.add(new Move(tag.ref(), null, id, target, "tag: " + name));
    }
    return index;
  }

  /** Each receipt with the last commit of its own run; the first one's with the last of all. */
  private static List<Receipt> withCommits(Request request, Map<ObjectId, ObjectId> made) {
    var byRun = new HashMap<String, String>();
    String last = null;
    for (var commit : request.commits) {
      last = made.get(commit.id()).name();
      byRun.put(commit.spec().runId(), last);
    }
    var receipts = new ArrayList<Receipt>();
    for (var receipt : request.receipts) {
      var own = receipts.isEmpty() ? last : byRun.get(receipt.id());
      receipts.add(own == null ? receipt : receipt.withCommit(own));
    }
    return receipts;
  }

  private List<Move> notes(
      List<Request> pending,
      Map<Request, List<Receipt>> outcomes,
      RefFiles refs,
      Map<ObjectId, ObjectId> made,
      ObjectReader reader,
      StagedObjects objects,
      PersonIdent who)
      throws IOException {
    var moves =
        new ArrayList<>(NotesRef.moves(pending.get(0).notes, made, refs, reader, objects, who));
    var receipts = new NotesRef(refs, ReceiptNotes.REF, reader);
    var append = new ReceiptNotes(reader, objects);
    var runs = new ArrayList<String>();
    for (var request : pending) {
      var lines = new ArrayList<String>();
      for (var receipt : outcomes.get(request)) {
        lines.add(documents.toJson(receipt.toMap()));
        runs.add(receipt.id());
      }
      if (!lines.isEmpty()) {
        append.append(receipts.map(), target(request, made, objects), lines);
      }
    }
    if (!runs.isEmpty()) {
      moves.add(receipts.move(objects, who, "gitvan: " + subject(runs)));
    }
    return moves;
  }

  private static String subject(List<String> runs) {
    return runs.size() == 1 ? "receipt of " + runs.get(0) : runs.size() + " receipts";
  }

  /** The object that the receipts go on: the last commit made, else HEAD at the start. */
  private static ObjectId target(
      Request request, Map<ObjectId, ObjectId> made, StagedObjects objects) throws IOException {
    if (!request.commits.isEmpty()) {
      return made.get(request.commits.get(request.commits.size() - 1).id());
    }
    return request.base.head().isEmpty()
        // Without a commit, the empty tree: the one object that every repository has.
        ? objects.insert(new TreeFormatter())
        : ObjectId.fromString(request.base.head());
  }
}

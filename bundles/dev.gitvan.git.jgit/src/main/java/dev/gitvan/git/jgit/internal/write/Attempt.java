package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.git.jgit.internal.batch.Targets;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.refs.LockRef;
import dev.gitvan.git.jgit.internal.refs.Move;
import dev.gitvan.git.jgit.internal.refs.ReceiptsTip;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.refs.RefTransaction;
import dev.gitvan.git.jgit.internal.refs.Reflog;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.settings.Identity;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.Staging.NoteMode;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * One attempt to apply a batch of requests to the refs as they are now. The commits and tags of the
 * first are settled before any lock is taken, for they may have to be signed; notes are merged
 * while their refs are locked.
 */
final class Attempt implements RefTransaction.Plan, AutoCloseable {
  private final List<Request> pending;
  private final Request first;
  private final WorktreeId worktree;
  private final Documents documents;
  private final ProcessLauncher launcher;
  private final Failpoint failpoint;
  private final RefFiles refs;
  private final StagedObjects objects;
  private final ObjectReader reader;
  private final PersonIdent who;
  private final RefFiles.Head head;
  private final String results;
  private final List<Move> known = new ArrayList<>();
  private final Map<ObjectId, ObjectId> made = new HashMap<>();
  private final Map<Request, List<Receipt>> outcomes = new LinkedHashMap<>();
  private CommittedIndex index;
  private boolean refused;

  Attempt(
      List<Request> pending,
      SharedPermissions permissions,
      Documents documents,
      ProcessLauncher launcher,
      Failpoint failpoint)
      throws IOException {
    this.pending = pending;
    this.first = pending.get(0);
    this.worktree = first.opened.worktree();
    this.documents = documents;
    this.launcher = launcher;
    this.failpoint = failpoint;
    this.refs = new RefFiles(worktree);
    boolean durable = pending.stream().anyMatch(request -> request.durable);
    this.objects = new LooseObjects(first.opened, durable, permissions);
    this.reader = objects.newReader();
    this.who = new Identity(first.settings, Instant.now()).recorder();
    this.head = refs.head();
    this.results = refs.leaf(ReceiptNotes.REF);
  }

  /**
   * Settles what the first request moves beside notes.
   *
   * @throws GitVanException when that cannot be applied
   */
  void stage() throws IOException {
    var signer = new Signer(launcher, first.settings, worktree.root().orElse(worktree.gitDir()));
    var factory = new CommitFactory(objects, signer);
    if (!first.commits.isEmpty()) {
      stageCommits(factory);
    }
    for (var tag : first.tags) {
      stageTag(tag, factory);
    }
    requireNotesFree();
    pending.forEach(request -> outcomes.put(request, withCommits(request)));
  }

  private void stageCommits(CommitFactory factory) throws IOException {
    var branch = first.base.branch();
    CommittedIndex.requireHead(branch, head);
    var tip = head.id();
    var base = ObjectId.fromString(first.base.head());
    if (tip.equals(base)) {
      first.commits.forEach(commit -> made.put(commit.id(), commit.id()));
    } else {
      made.putAll(new Rebuild(reader, objects, factory).onto(first.commits, base, tip));
    }
    var last = first.commits.get(first.commits.size() - 1);
    if (!made.get(last.id()).equals(tip)) {
      var subject = last.message().lines().findFirst().orElse("");
      known.add(new Move(branch, tip, made.get(last.id()), null, "commit: " + subject));
    }
    index = new CommittedIndex(first, refs);
  }

  private void stageTag(StagedTag tag, CommitFactory factory) throws IOException {
    var taken = refs.read(tag.ref()) != null ? tag.ref() : refs.conflict(tag.ref());
    if (taken != null) {
      throw Transaction.exists(tag.ref(), taken);
    }
    var target = made.getOrDefault(tag.target(), tag.target());
    var name = tag.ref().substring(Constants.R_TAGS.length());
    var id =
        target.equals(tag.target())
            ? tag.id()
            : factory.tag(name, target, tag.type(), tag.tagger(), tag.message());
    made.put(tag.id(), id);
    known.add(new Move(tag.ref(), null, id, peel(id), "tag: " + name));
  }

  /** Of packed refs Git would not see that they cannot be, until it unpacks them. */
  private void requireNotesFree() throws IOException {
    var names = new LinkedHashSet<String>();
    for (var note : first.notes) {
      if (note.mode() != NoteMode.REMOVE) {
        names.add(refs.leaf(note.ref()));
      }
    }
    names.add(results);
    var free = new ArrayList<String>();
    for (var name : names) {
      if (refs.read(name) == null) {
        var other = refs.conflict(name, this::isDeleted, new HashSet<>());
        if (other == null) {
          other = free.stream().filter(f -> StagedRefs.isBeside(name, f)).findFirst().orElse(null);
        }
        if (other != null) {
          throw StagedRefs.exists(name, other);
        }
        free.add(name);
      }
    }
  }

  /** A staged ref's move; none when the ref is already as it should be. */
  private Optional<Move> settle(StagedRef staged) throws IOException {
    var ref = staged.ref();
    var now = refs.read(ref);
    if (!Objects.equals(now, staged.from())) {
      var expected = staged.from() == null ? "" : staged.from().name();
      throw StagedRefs.moved(ref, expected, now);
    }
    StagedRefs.requireFree(first.opened, ref);
    var to = staged.to() == null ? null : made.getOrDefault(staged.to(), staged.to());
    var other = now == null ? refs.conflict(ref, this::isDeleted, new HashSet<>()) : null;
    if (other != null) {
      throw StagedRefs.exists(ref, other);
    }
    return Objects.equals(now, to)
        ? Optional.empty()
        : Optional.of(new Move(ref, now, to, to == null ? null : peel(to), staged.reason()));
  }

  private boolean isDeleted(String name) {
    return first.refs.stream().anyMatch(ref -> ref.to() == null && ref.ref().equals(name));
  }

  @Override
  public ObjectId peel(ObjectId id) throws IOException {
    try (var walk = new RevWalk(reader)) {
      return new Targets(walk).peel(id);
    } catch (MissingObjectException e) {
      return null; // a broken ref must be deletable
    }
  }

  /** Each receipt with the last commit of its own run; the first one's with the last of all. */
  private List<Receipt> withCommits(Request request) {
    var byRun = new HashMap<String, String>();
    String last = null;
    for (var commit : request.commits) {
      var id = made.get(commit.id());
      // On a branch that has moved, a commit may have nothing left to do.
      if (!id.equals(head.id())) {
        last = id.name();
        byRun.put(commit.runId(), last);
      }
    }
    var receipts = new ArrayList<Receipt>();
    for (var receipt : request.receipts) {
      var own = receipts.isEmpty() ? last : byRun.get(receipt.id());
      receipts.add(own == null ? receipt : receipt.withCommit(own));
    }
    return receipts;
  }

  /** Completes every request. */
  void succeed() {
    outcomes.forEach(Request::succeed);
  }

  /** Whether the first request's commits were refused under the index's lock. */
  boolean isFirstRefused() {
    return refused || index != null && index.refused();
  }

  RefFiles files() {
    return refs;
  }

  @Override
  public Collection<String> refs() {
    var names = new LinkedHashSet<String>();
    known.forEach(move -> names.add(move.ref()));
    first.refs.forEach(ref -> names.add(ref.ref()));
    for (var note : first.notes) {
      names.add(leaf(note.ref()));
    }
    names.add(results);
    first.fences.forEach(fence -> names.add(LockRef.of(fence.lock())));
    return names;
  }

  @Override
  public boolean isSingle() {
    return refs().size() - first.fences.size() == 1;
  }

  private String leaf(String ref) {
    try {
      return refs.leaf(ref);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public List<Move> known() {
    return known;
  }

  @Override
  public List<Move> merged() throws IOException {
    var moves = new ArrayList<>(settled());
    moves.addAll(NotesRef.moves(first.notes, made, refs, reader, objects, who));
    var receipts = new NotesRef(refs, results, reader);
    var append = new ReceiptNotes(reader, objects);
    var remembered = ReceiptsTip.read(worktree.repository());
    var lost = LostReceipts.between(remembered, receipts.old(), reader);
    append.restore(receipts.map(), lost);
    var runs = new ArrayList<String>();
    for (var request : pending) {
      var lines = new ArrayList<String>();
      for (var receipt : outcomes.get(request)) {
        lines.add(documents.toJson(receipt.toMap()));
        runs.add(receipt.id());
      }
      if (!lines.isEmpty()) {
        append.append(receipts.map(), target(request), lines);
      }
    }
    if (!runs.isEmpty() || !lost.isEmpty()) {
      moves.add(receipts.move(objects, who, "gitvan: " + subject(runs)));
    }
    return moves;
  }

  /** The staged refs, looked at while they are locked, and the locks that must be held. */
  private List<Move> settled() throws IOException {
    try {
      for (var fence : first.fences) {
        LockRef.require(fence, refs, reader);
      }
      var moves = new ArrayList<Move>();
      for (var ref : first.refs) {
        settle(ref).ifPresent(moves::add);
      }
      return moves;
    } catch (GitVanException e) {
      refused = true;
      throw e;
    }
  }

  private static String subject(List<String> runs) {
    return switch (runs.size()) {
      case 0 -> "receipts restored";
      case 1 -> "receipt of " + runs.get(0);
      default -> runs.size() + " receipts";
    };
  }

  /** The object that the receipts go on: the last commit made, else HEAD at the start. */
  private ObjectId target(Request request) throws IOException {
    if (!request.commits.isEmpty()) {
      return made.get(request.commits.get(request.commits.size() - 1).id());
    }
    return request.base.head().isEmpty()
        // Without a commit, the empty tree: the one object that every repository has.
        ? objects.insert(new TreeFormatter())
        : ObjectId.fromString(request.base.head());
  }

  @Override
  public Path index() {
    return index == null ? null : index.file();
  }

  @Override
  public RefTransaction.NewIndex editIndex() throws IOException {
    return index.edit();
  }

  @Override
  public void complete() throws IOException {
    objects.flush();
    failpoint.reach("after-objects");
  }

  @Override
  public List<Reflog.Entry> log(List<Move> moves) {
    return new Reflog(worktree, first.settings).entries(moves, head.branch(), who);
  }

  @Override
  public void moved(List<Move> moves) throws IOException {
    for (var move : moves) {
      if (move.ref().equals(results)) {
        ReceiptsTip.write(worktree.repository(), move.to());
      }
    }
  }

  @Override
  public void close() {
    reader.close();
    objects.close();
  }
}

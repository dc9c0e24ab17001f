package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Fence;
import dev.gitvan.git.jgit.internal.refs.LockRef;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Identity;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.git.jgit.internal.text.Messages;
import dev.gitvan.git.jgit.internal.text.RunTrailer;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import dev.gitvan.git.jgit.internal.worktree.Selection;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.Base;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.NoteMode;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.Staging.Person;
import dev.gitvan.job.spi.Staging.RefChange;
import dev.gitvan.job.spi.Staging.RefSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.process.ProcessLauncher;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/** A run's transaction: objects are written when they are staged, refs move when it is applied. */
final class Transaction implements RunTransaction {
  private final Opened opened;
  private final Settings settings;
  private final RepositoryWriter writer;
  private final Metrics metrics;
  private final boolean dryRun;
  private final boolean durable;
  private Base base;
  private final StagedObjects objects;
  private final StagingChecks checks;
  private final CommitFactory factory;
  private final List<StagedCommit> commits = new ArrayList<>();
  private final List<StagedTag> tags = new ArrayList<>();
  private final List<StagedNote> notes = new ArrayList<>();
  private final StagedRefs refs;
  private final List<Fence> fences = new ArrayList<>();
  private long commitNanos;
  private boolean closed;

  Transaction(
      Opened opened,
      RepositoryWriter writer,
      Metrics metrics,
      ProcessLauncher launcher,
      boolean dryRun,
      boolean durable) {
    this.opened = opened;
    this.settings = opened.settings();
    this.writer = writer;
    this.metrics = metrics;
    this.dryRun = dryRun;
    this.durable = durable;
    this.base = read();
    this.refs = new StagedRefs(opened);
    var worktree = opened.worktree();
    this.objects =
        dryRun
            ? new StagedObjects(opened.repository())
            : new LooseObjects(opened, durable, SharedPermissions.of(settings));
    var signer =
        dryRun ? null : new Signer(launcher, settings, worktree.root().orElse(worktree.gitDir()));
    this.checks = new StagingChecks(opened, settings, signer);
    this.factory = new CommitFactory(objects, signer);
  }

  private Base read() {
    try {
      var head = new RefFiles(opened.worktree()).head();
      return new Base(
          head.id() == null ? "" : head.id().name(), head.branch() == null ? "" : head.branch());
    } catch (IOException e) {
      throw GitFailure.of(e, opened.worktree().toString());
    }
  }

  @Override
  public synchronized Base base() {
    return base;
  }

  @Override
  public synchronized Base restart() {
    if (!commits.isEmpty() || !tags.isEmpty() || !notes.isEmpty() || !refs.all().isEmpty()) {
      throw GitVanException.of(
          Codes.RUN_STAGED,
          opened.worktree().toString(),
          "the run has staged commits, tags, notes or refs on its start commit",
          "Do it before them, or in a job listed in `then`.");
    }
    base = read();
    return base;
  }

  @Override
  public synchronized Optional<String> head() {
    return commits.isEmpty()
        ? Optional.of(base.head()).filter(id -> !id.isEmpty())
        : Optional.of(commits.get(commits.size() - 1).id().name());
  }

  @Override
  public synchronized Optional<String> commit(CommitSpec spec, CommitOrigin origin) {
    long start = System.nanoTime();
    var parent = requireCommittable();
    try (var reader = objects.newReader();
        var walk = new RevWalk(reader)) {
      var tree = walk.parseCommit(parent).getTree();
      var selection = selection(dryRun ? origin.drafts() : List.of(), reader);
      var selected =
          spec.exact()
              ? selection.selectExactly(spec.paths(), tree)
              : selection.select(spec.paths(), tree, origin.complete());
      var names = selected.names();
      var changes = selected.changes();
      var run = origin.runId();
      var message = message(spec, origin);
      var staged = new StagedCommit(null, run, message, null, null, names, changes);
      var edited = new TreeEdit(reader, objects).apply(tree, staged.leaves());
      if (edited.equals(tree)) {
        return Optional.empty();
      }
      var identity = new Identity(settings, Instant.now());
      var author = spec.author() == null ? identity.author() : person(spec.author());
      var committer = identity.committer();
      var id = factory.commit(edited, parent, author, committer, message);
      objects.flush();
      commits.add(new StagedCommit(id, run, message, author, committer, names, changes));
      return Optional.of(id.name());
    } catch (IOException e) {
      throw GitFailure.of(e, opened.worktree().toString());
    } finally {
      long nanos = System.nanoTime() - start;
      commitNanos += nanos;
      metrics.record(Operation.GIT_COMMIT, nanos);
    }
  }

  private static PersonIdent person(Person person) {
    var when = person.when();
    return new PersonIdent(person.name(), person.email(), when.toInstant(), when.getOffset());
  }

  private static String message(CommitSpec spec, CommitOrigin origin) {
    var clean = Messages.clean(spec.message(), "commit message");
    return RunTrailer.sealed(
        clean.isEmpty() ? origin.job() + "\n" : clean, origin.runId(), origin.job());
  }

  @Override
  public synchronized void require(List<StagingNeed> needs) {
    try {
      for (var need : needs) {
        if (need instanceof StagingNeed.Commit commit) {
          requireCommittable();
          requireUnconflicted(commit.paths());
          checks.requireCommitter();
        } else if (need instanceof StagingNeed.Tag tag) {
          checks.requireHead(head(), "a tag");
          if (tag.name() != null) {
            requireFreeTag(StagingChecks.tagRef(tag.name()));
          }
          checks.requireTagger();
        } else if (need instanceof StagingNeed.Note note) {
          checks.requireHead(head(), "a note");
          if (note.ref() != null) {
            StagingChecks.requireNotesRef(note.ref());
            requireFree(note.ref());
          }
        }
      }
    } catch (IOException e) {
      throw GitFailure.of(e, opened.worktree().toString());
    }
  }

  private void requireUnconflicted(List<String> pathspecs) {
    try (var reader = objects.newReader()) {
      selection(List.of(), reader).requireUnconflicted(pathspecs);
    }
  }

  private ObjectId requireCommittable() {
    checks.requireCommittable(base);
    return checks.requireHead(head(), "a commit");
  }

  private Selection selection(List<Artifact> drafts, ObjectReader reader) {
    var worktree = opened.worktree();
    var index = IndexFile.read(worktree.index());
    return new Selection(worktree, settings, index, reader, objects, drafts);
  }

  @Override
  public synchronized String tag(TagSpec spec) {
    var ref = StagingChecks.tagRef(spec.name());
    try {
      var target = target(spec.target(), "a tag");
      requireFreeTag(ref);
      var tagger = new Identity(settings, Instant.now()).committer();
      var message = Messages.clean(spec.message(), "tag message");
      int type = target.getType();
      var id = factory.tag(spec.name(), target, type, tagger, message);
      objects.flush();
      tags.add(new StagedTag(ref, message, tagger, target.copy(), type, id));
      return id.name();
    } catch (IOException e) {
      throw GitFailure.of(e, ref);
    }
  }

  private void requireFreeTag(String ref) throws IOException {
    var files = new RefFiles(opened.worktree());
    var taken = files.read(ref) != null ? ref : files.conflict(ref);
    if (taken == null) {
      taken =
          Stream.concat(tags.stream().map(StagedTag::ref), refs.names().stream())
              .filter(t -> t.equals(ref) || StagedRefs.isBeside(t, ref))
              .findFirst()
              .orElse(null);
    }
    if (taken != null) {
      throw exists(ref, taken);
    }
  }

  static GitVanException exists(String ref, String taken) {
    var tag = taken.replaceFirst("^" + Constants.R_TAGS, "");
    return GitVanException.of(
        Codes.REF_EXISTS,
        ref.replaceFirst("^" + Constants.R_TAGS, ""),
        ref.equals(taken) ? "the tag already exists" : "it conflicts with the tag `" + tag + "`",
        "Choose another name, or delete the old one with `git tag -d " + tag + "`.");
  }

  @Override
  public synchronized void note(NoteSpec spec) {
    StagingChecks.requireNotesRef(spec.ref());
    try {
      if (spec.mode() != NoteMode.REMOVE) {
        requireFree(spec.ref());
      }
      var target = target(spec.target(), "a note").copy();
      var text = Messages.clean(spec.message(), "note");
      if (!text.isEmpty()) {
        notes.add(new StagedNote(spec.ref(), target, text, spec.mode()));
      } else if (spec.mode() != NoteMode.APPEND) {
        notes.add(new StagedNote(spec.ref(), target, "", NoteMode.REMOVE));
      }
    } catch (IOException e) {
      throw GitFailure.of(e, spec.ref());
    }
  }

  private void requireFree(String ref) throws IOException {
    var files = new RefFiles(opened.worktree());
    if (files.read(ref) == null) {
      var other =
          notes.stream()
              .map(StagedNote::ref)
              .filter(staged -> StagedRefs.isBeside(ref, staged))
              .findFirst()
              .orElse(files.conflict(ref, refs::isDeleted, new HashSet<>()));
      if (other != null) {
        throw StagedRefs.exists(ref, other);
      }
    }
  }

  /** The object that is named, or the head. */
  private RevObject target(String id, String what) throws IOException {
    try (var reader = objects.newReader();
        var walk = new RevWalk(reader)) {
      return walk.parseAny(id == null ? checks.requireHead(head(), what) : ObjectId.fromString(id));
    } catch (InvalidObjectIdException e) {
      throw GitVanException.of(
          Codes.OBJECT_NOT_FOUND, id, "not a full object id", "Resolve it first.");
    }
  }

  @Override
  public synchronized void move(RefSpec spec) {
    try (var reader = objects.newReader()) {
      refs.stage(spec, reader, tags.stream().map(StagedTag::ref).toList());
    } catch (IOException e) {
      throw GitFailure.of(e, spec.ref());
    }
  }

  @Override
  public synchronized void fence(String lock, String token) {
    LockRef.of(lock);
    fences.add(new Fence(lock, token));
  }

  @Override
  public synchronized List<RefChange> staged() {
    var changes = new ArrayList<RefChange>();
    if (!commits.isEmpty()) {
      changes.add(new RefChange(base.branch(), base.head(), head().orElseThrow()));
    }
    tags.forEach(tag -> changes.add(new RefChange(tag.ref(), "", tag.id().name())));
    refs.all().forEach(r -> changes.add(new RefChange(r.ref(), name(r.from()), name(r.to()))));
    // Note refs are estimates: they may still move before the transaction is applied.
    try (var estimate = new StagedObjects(opened.repository());
        var reader = estimate.newReader()) {
      var who = new Identity(settings, Instant.now()).recorder();
      var files = new RefFiles(opened.worktree());
      for (var move : NotesRef.moves(notes, Map.of(), files, reader, estimate, who)) {
        changes.add(new RefChange(move.ref(), name(move.from()), name(move.to())));
      }
    } catch (IOException e) {
      throw GitFailure.of(e, opened.worktree().toString());
    }
    return changes;
  }

  private static String name(ObjectId id) {
    return id == null ? "" : id.name();
  }

  @Override
  public synchronized List<Receipt> apply(List<Receipt> receipts) {
    if (dryRun) {
      throw new IllegalStateException("a dry run applies nothing");
    }
    long start = System.nanoTime();
    boolean withCommits = !commits.isEmpty();
    var request =
        new Request(
            opened, settings, durable, base, commits, tags, notes, refs.all(), fences, receipts);
    if (request.isReceiptsOnly() && receipts.isEmpty()) {
      return List.of();
    }
    var written = writer.apply(request);
    long nanos = System.nanoTime() - start;
    if (withCommits) {
      metrics.record(Operation.GIT_COMMIT_WITH_RECEIPT, commitNanos + nanos);
    } else {
      metrics.record(Operation.GIT_NOTE, nanos);
    }
    return written;
  }

  @Override
  public synchronized void discard() {
    commits.clear();
    tags.clear();
    notes.clear();
    refs.clear();
    fences.clear();
    objects.clear();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      objects.close();
      opened.repository().close();
    }
  }
}

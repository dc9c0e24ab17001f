package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.jgit.internal.refs.Move;
import dev.gitvan.git.jgit.internal.refs.ReceiptsTip;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.refs.RefTransaction;
import dev.gitvan.git.jgit.internal.refs.Reflog;
import dev.gitvan.git.jgit.internal.settings.Identity;
import dev.gitvan.git.jgit.internal.settings.Opened;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Brings the receipts of two histories together, under the lock of the ref: every line of both,
 * each once, but what one of them has removed by hand. Where one history contains the other and
 * lacks nothing, the ref simply moves on.
 */
public final class ReceiptMerge implements RefTransaction.Plan {
  private final Opened opened;
  private final RefFiles refs;
  private final String ref;
  private final ObjectId theirs;
  private final String from;
  private final ObjectInserter objects;
  private final ObjectReader reader;
  private final PersonIdent who;
  private int received;

  /**
   * @param ref the notes ref here, no symbolic one
   * @param theirs the notes commit of the other history
   * @param from for people: where that comes from
   * @param objects where new objects go
   */
  public ReceiptMerge(
      Opened opened,
      RefFiles refs,
      String ref,
      ObjectId theirs,
      String from,
      ObjectInserter objects) {
    this.opened = opened;
    this.refs = refs;
    this.ref = ref;
    this.theirs = theirs;
    this.from = from;
    this.objects = objects;
    this.reader = objects.newReader();
    this.who = new Identity(opened.settings(), Instant.now()).recorder();
  }

  /** How many receipts were not here. */
  public int received() {
    return received;
  }

  /**
   * How many receipts one history has that another one has not.
   *
   * @param other null: it has none
   */
  public static int more(Opened opened, ObjectId one, ObjectId other) throws IOException {
    try (var walk = new RevWalk(opened.repository())) {
      var has = other == null ? null : walk.parseCommit(other).getTree();
      return NoteLines.receipts(
          ReceiptChains.missing(walk.parseCommit(one).getTree(), has, walk.getObjectReader()));
    }
  }

  @Override
  public Collection<String> refs() {
    return List.of(ref);
  }

  @Override
  public List<Move> known() {
    return List.of();
  }

  @Override
  public List<Move> merged() throws IOException {
    var ours = new NotesRef(refs, ref, reader);
    var lost = LostReceipts.between(remembered(), ours.old(), reader);
    try (var walk = new RevWalk(reader)) {
      var their = commit(ref, theirs, from, walk);
      var our = ours.old() == null ? null : walk.parseCommit(ours.old());
      received =
          NoteLines.receipts(
              ReceiptChains.missing(their.getTree(), our == null ? null : our.getTree(), reader));
      if (our != null && lost.isEmpty() && isMergedInto(their, our, walk)) {
        return List.of();
      }
      if (our == null || lost.isEmpty() && isMergedInto(our, their, walk) && lacksNone(our)) {
        return List.of(new Move(ref, ours.old(), theirs, null, "notes: receipts of " + from));
      }
      new ReceiptNotes(reader, objects).restore(ours.map(), lost);
      unite(ours.map(), our, their, walk);
      var move = ours.merge(objects, who, "gitvan: receipts of " + from + " merged", theirs);
      objects.flush();
      return List.of(move);
    }
  }

  /** Whatever a remote has below that name. */
  private static RevCommit commit(String ref, ObjectId id, String from, RevWalk walk)
      throws IOException {
    try {
      return walk.parseCommit(id);
    } catch (IncorrectObjectTypeException e) {
      throw new Problem(
              Codes.REF_INVALID,
              ref + " of " + from,
              "it points to " + id.name() + ", which is not a notes commit",
              "Repair or delete it there: `git push " + from + " :" + ref + "`.")
          .toException(e);
    }
  }

  private static boolean isMergedInto(RevCommit one, RevCommit other, RevWalk walk)
      throws IOException {
    walk.reset();
    return walk.isMergedInto(one, other);
  }

  private ObjectId remembered() throws IOException {
    return ref.equals(refs.leaf(ReceiptNotes.REF))
        ? ReceiptsTip.read(opened.worktree().repository())
        : null;
  }

  private boolean lacksNone(RevCommit our) throws IOException {
    return LostReceipts.between(our, theirs, reader).isEmpty();
  }

  /**
   * What of a commit's notes is only theirs is appended to ours; where there are none of ours,
   * theirs are taken as they are, whatever somebody has put there.
   */
  private void unite(NoteMap map, RevCommit our, RevCommit their, RevWalk walk) throws IOException {
    var theirMap = NoteMap.readTree(reader, their.getTree());
    var chains = new ReceiptChains(reader, map, theirMap);
    var notes = new ReceiptNotes(reader, objects);
    var removedThere = chains.byCommit(LostReceipts.removedByHand(our, their, walk));
    for (var removed : removedThere.entrySet()) {
      var lines = all(removed.getValue());
      lines.removeAll(chains.lines(theirMap, removed.getKey())); // they have put it back
      for (var slot : chains.slots(map, removed.getKey())) {
        notes.remove(map, slot, lines);
      }
    }
    var removedHere = chains.byCommit(LostReceipts.removedByHand(their, our, walk));
    var add = chains.byCommit(ReceiptChains.missing(their.getTree(), our.getTree(), reader));
    for (var chain : add.entrySet()) {
      var commit = chain.getKey();
      if (!removedHere.containsKey(commit) && chains.slots(map, commit).isEmpty()) {
        for (var note : chain.getValue().keySet()) {
          map.set(note, theirMap.get(note));
        }
        continue;
      }
      var lines = all(chain.getValue());
      lines.removeAll(all(removedHere.getOrDefault(commit, Map.of())));
      lines.removeAll(chains.lines(map, commit));
      if (!lines.isEmpty()) {
        notes.append(map, commit, inOrder(lines));
      }
    }
  }

  private static Set<String> all(Map<ObjectId, List<String>> notes) {
    var lines = new LinkedHashSet<String>();
    notes.values().forEach(lines::addAll);
    return lines;
  }

  /** Receipts in the order of their runs, then what else stands there. */
  private static List<String> inOrder(Set<String> lines) {
    var ordered = new ArrayList<>(lines.stream().filter(NoteLines::isReceipt).sorted().toList());
    lines.stream().filter(line -> !NoteLines.isReceipt(line)).forEach(ordered::add);
    return ordered;
  }

  @Override
  public Path index() {
    return null;
  }

  @Override
  public RefTransaction.NewIndex editIndex() {
    return null;
  }

  @Override
  public List<Reflog.Entry> log(List<Move> moves) {
    return new Reflog(opened.worktree(), opened.settings()).entries(moves, null, who);
  }

  @Override
  public void moved(List<Move> moves) throws IOException {
    if (ref.equals(refs.leaf(ReceiptNotes.REF))) {
      ReceiptsTip.write(opened.worktree().repository(), moves.get(0).to());
    }
  }
}

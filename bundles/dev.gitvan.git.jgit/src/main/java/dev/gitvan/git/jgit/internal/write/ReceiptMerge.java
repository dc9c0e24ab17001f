package dev.gitvan.git.jgit.internal.write;

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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
          NoteLines.missing(walk.parseCommit(one).getTree(), has, walk.getObjectReader()));
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
      var their = walk.parseCommit(theirs);
      var our = ours.old() == null ? null : walk.parseCommit(ours.old());
      received =
          NoteLines.receipts(
              NoteLines.missing(their.getTree(), our == null ? null : our.getTree(), reader));
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

  private void unite(NoteMap map, RevCommit our, RevCommit their, RevWalk walk) throws IOException {
    var add = NoteLines.missing(their.getTree(), our.getTree(), reader);
    LostReceipts.removedByHand(their, our, walk)
        .forEach((note, lines) -> LostReceipts.forget(add, note, lines));
    var notes = new ReceiptNotes(reader, objects);
    for (var removed : LostReceipts.removedByHand(our, their, walk).entrySet()) {
      notes.remove(map, removed.getKey(), removed.getValue());
    }
    try (var walkTheirs = new RevWalk(reader)) {
      var theirMap = NoteMap.read(reader, walkTheirs.parseCommit(theirs));
      var chains = new ReceiptChains(reader, map, theirMap);
      for (var chain : byChain(add, chains).entrySet()) {
        var there = chains.lines(map, chain.getKey());
        var lines =
            chain.getValue().stream()
                .filter(line -> !there.contains(line))
                .sorted(Comparator.comparing((String line) -> !NoteLines.isReceipt(line)))
                .toList();
        if (!lines.isEmpty()) {
          notes.append(map, chain.getKey(), lines);
        }
      }
    }
  }

  /** The receipts of each commit in the order of their runs, then what else stands there. */
  private static Map<ObjectId, Set<String>> byChain(
      Map<ObjectId, List<String>> lines, ReceiptChains chains) throws IOException {
    var sorted = new LinkedHashMap<ObjectId, List<String>>();
    for (var entry : lines.entrySet()) {
      sorted
          .computeIfAbsent(chains.commit(entry.getKey(), entry.getValue()), id -> new ArrayList<>())
          .addAll(entry.getValue());
    }
    var result = new LinkedHashMap<ObjectId, Set<String>>();
    sorted.forEach(
        (commit, all) -> {
          var receipts = all.stream().filter(NoteLines::isReceipt).sorted().toList();
          var unique = new LinkedHashSet<String>(receipts);
          unique.addAll(all);
          result.put(commit, unique);
        });
    return result;
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

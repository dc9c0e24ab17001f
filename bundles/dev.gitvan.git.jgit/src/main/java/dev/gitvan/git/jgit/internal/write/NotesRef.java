package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.jgit.internal.refs.Move;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** A notes ref being changed, from what it is at this moment. */
final class NotesRef {
  private final String ref;
  private final ObjectId old;
  private final NoteMap map;
  private final ObjectReader reader;

  NotesRef(RefFiles refs, String name, ObjectReader reader) throws IOException {
    this.ref = refs.leaf(name);
    this.old = refs.read(ref);
    this.reader = reader;
    try (var walk = new RevWalk(reader)) {
      this.map = old == null ? NoteMap.newEmptyMap() : NoteMap.read(reader, commit(ref, old, walk));
    }
  }

  /**
   * The commit that a notes ref points to.
   *
   * @throws GitVanException {@code REF_INVALID} when it is no commit, {@code OBJECT_NOT_FOUND} when
   *     it is not there
   */
  static RevCommit commit(String ref, ObjectId id, RevWalk walk) throws IOException {
    try {
      return walk.parseCommit(id);
    } catch (IncorrectObjectTypeException e) {
      throw new Problem(
              Codes.REF_INVALID,
              ref,
              "it points to " + id.name() + ", which is not a notes commit",
              "Repair it with `git update-ref`, or delete it: `git update-ref -d " + ref + "`.")
          .toException(e);
    } catch (MissingObjectException e) {
      throw new Problem(
              Codes.OBJECT_NOT_FOUND,
              ref,
              "it points to " + id.name() + ", which is not in this repository",
              "If the clone is partial or shallow, fetch what is missing; else see `git fsck`.")
          .toException(e);
    }
  }

  /**
   * The moves that add notes.
   *
   * @param made what staged commits have become
   */
  static List<Move> moves(
      List<StagedNote> notes,
      Map<ObjectId, ObjectId> made,
      RefFiles refs,
      ObjectReader reader,
      ObjectInserter objects,
      PersonIdent who)
      throws IOException {
    var byRef = new LinkedHashMap<String, List<StagedNote>>();
    notes.forEach(note -> byRef.computeIfAbsent(note.ref(), r -> new ArrayList<>()).add(note));
    var moves = new ArrayList<Move>();
    for (var entry : byRef.entrySet()) {
      var changed = new NotesRef(refs, entry.getKey(), reader);
      boolean differs = false;
      for (var note : entry.getValue()) {
        differs |= changed.write(note, made.getOrDefault(note.target(), note.target()), objects);
      }
      if (differs) {
        moves.add(changed.move(objects, who, "Notes added by 'gitvan run'"));
      }
    }
    return moves;
  }

  /** What the ref was, or null. */
  ObjectId old() {
    return old;
  }

  NoteMap map() {
    return map;
  }

  /** Returns false when nothing is changed by it. */
  private boolean write(StagedNote note, ObjectId target, ObjectInserter objects)
      throws IOException {
    switch (note.mode()) {
      case APPEND -> append(target, note.text(), objects);
      case REPLACE ->
          map.set(
              target,
              objects.insert(Constants.OBJ_BLOB, note.text().getBytes(StandardCharsets.UTF_8)));
      case REMOVE -> {
        if (!map.contains(target)) {
          return false;
        }
        map.remove(target);
      }
    }
    return true;
  }

  /** As {@code git notes append}: a blank line between what was there and what comes. */
  private void append(ObjectId target, String text, ObjectInserter objects) throws IOException {
    var note = map.get(target);
    var before = note == null ? "" : GitText.name(reader.open(note).getBytes());
    var joined =
        before.isEmpty() ? text : before + (before.endsWith("\n") ? "" : "\n") + "\n" + text;
    map.set(target, objects.insert(Constants.OBJ_BLOB, GitText.bytes(joined)));
  }

  /**
   * The ref's move to a commit with the changed notes; never signed, as Git signs none of its own.
   */
  Move move(ObjectInserter objects, PersonIdent who, String message) throws IOException {
    return move(objects, who, message, old == null ? List.of() : List.of(old));
  }

  /** The same for a commit that brings another history along. */
  Move merge(ObjectInserter objects, PersonIdent who, String message, ObjectId other)
      throws IOException {
    return move(objects, who, message, List.of(old, other));
  }

  private Move move(ObjectInserter objects, PersonIdent who, String message, List<ObjectId> parents)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(map.writeTree(objects));
    commit.setParentIds(parents);
    commit.setAuthor(who);
    commit.setCommitter(who);
    commit.setMessage(message + "\n");
    return new Move(ref, old, objects.insert(commit), null, "notes: " + message);
  }
}

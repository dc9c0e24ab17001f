package dev.gitvan.git.jgit.internal.refs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Moves refs whose locks are held, all at one moment: the rename of {@code packed-refs}. Before it,
 * loose files of the same refs are packed with the values that they have. A single ref that is not
 * deleted is its own file's rename.
 */
final class RefMoves {
  private final RefFiles refs;
  private final AtomicFiles files;
  private final Intent intent;
  private final Peeler peeler;
  private final Failpoint failpoint;
  private PackedRefs.Edited prepared;

  /**
   * @param intent holds the locks
   */
  RefMoves(RefFiles refs, AtomicFiles files, Intent intent, Peeler peeler, Failpoint failpoint) {
    this.refs = refs;
    this.files = files;
    this.intent = intent;
    this.peeler = peeler;
    this.failpoint = failpoint;
  }

  /**
   * Writes what will be renamed, as far as that may be done before it is settled that the refs
   * move.
   */
  void prepare(List<Move> moves) throws IOException {
    if (moves.size() > 1) {
      unloose(moves.stream().filter(move -> move.from() != null).map(Move::ref).toList());
      var values = new TreeMap<String, PackedRefs.Value>();
      for (var move : moves) {
        values.put(
            move.ref(), move.deletes() ? null : new PackedRefs.Value(move.to(), move.peeled()));
      }
      prepared = writePacked(values);
    } else if (!moves.isEmpty() && !moves.get(0).deletes()) {
      var move = moves.get(0);
      var line = (move.to().name() + "\n").getBytes(StandardCharsets.US_ASCII);
      files.write(temporary(move), AtomicFiles.Content.of(line));
    }
  }

  private Path temporary(Move move) {
    return intent.temporary(refs.lock(move.ref()));
  }

  /**
   * Moves what is prepared. Unless it is one ref that is not deleted, {@code packed-refs} is locked
   * and frozen.
   */
  void move(List<Move> moves) throws IOException {
    if (moves.size() > 1) {
      replacePacked(prepared, "before-refs");
    } else if (moves.get(0).deletes()) {
      delete(moves.get(0).ref());
    } else {
      moveOne(moves.get(0));
    }
  }

  private void moveOne(Move move) throws IOException {
    var file = refs.loose(move.ref());
    failpoint.reach("before-refs");
    if (Files.isDirectory(file)) {
      AtomicFiles.removeEmpty(file);
    }
    files.rename(temporary(move), file);
  }

  /** What is packed is hidden by the loose file, so it goes first. */
  private void delete(String ref) throws IOException {
    if (refs.packedContent().find(ref) != null) {
      var values = new TreeMap<String, PackedRefs.Value>();
      values.put(ref, null);
      replacePacked(writePacked(values), "before-refs");
    }
    failpoint.reach("before-delete");
    files.delete(refs.loose(ref));
  }

  /** Packs those refs that are loose, with the values that they have, and removes their files. */
  void unloose(Collection<String> names) throws IOException {
    var values = new TreeMap<String, PackedRefs.Value>();
    var loose = new ArrayList<Path>();
    boolean isPacked = true;
    for (var name : names) {
      var file = refs.loose(name);
      if (file.toFile().isFile()) {
        var id = refs.read(name);
        loose.add(file);
        values.put(name, new PackedRefs.Value(id, peel(name, id)));
        isPacked &= id.equals(refs.packedContent().find(name));
      }
    }
    if (loose.isEmpty()) {
      return;
    }
    if (!isPacked) {
      replacePacked(writePacked(values), "before-pack");
    }
    failpoint.reach("after-pack");
    for (var file : loose) {
      files.delete(file);
    }
    failpoint.reach("after-unloose");
  }

  private ObjectId peel(String name, ObjectId id) throws IOException {
    // A branch is never a tag.
    return name.startsWith(Constants.R_HEADS) ? null : peeler.peel(id);
  }

  private PackedRefs.Edited writePacked(TreeMap<String, PackedRefs.Value> values)
      throws IOException {
    var edited = refs.packedContent().with(values);
    files.write(intent.temporary(RefTransaction.lock(refs.packed())), edited);
    return edited;
  }

  private void replacePacked(PackedRefs.Edited edited, String point) throws IOException {
    var packed = refs.packed();
    var temporary = intent.temporary(RefTransaction.lock(packed));
    failpoint.reach(point);
    setLater(temporary, packed);
    RecentInodes.keep(packed);
    files.rename(temporary, packed);
    RecentInodes.keep(packed);
    refs.freeze(edited);
  }

  /**
   * Makes the new file's second later than the old one's. A {@code git} process that has read the
   * old file takes one with the same inode, size and second for the same, and may then move a ref
   * back: inodes are used again at once, and a moved ref changes no size. This is for what
   * different processes replace; this one's files have {@link RecentInodes}.
   */
  private static void setLater(Path file, Path old) throws IOException {
    long was = TimeUnit.MILLISECONDS.toSeconds(old.toFile().lastModified()); // 0: there is none
    if (TimeUnit.MILLISECONDS.toSeconds(file.toFile().lastModified()) <= was) {
      Files.setLastModifiedTime(file, FileTime.from(was + 1, TimeUnit.SECONDS));
    }
  }
}

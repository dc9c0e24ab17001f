package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Notes;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevWalk;

/** Notes read with JGit. */
public class JGitNotes implements Notes {
  private final View view;

  public JGitNotes(View view) {
    this.view = view;
  }

  @Override
  public List<String> refs() {
    try {
      return view.repository().getRefDatabase().getRefsByPrefix(Constants.R_NOTES).stream()
          .map(Ref::getName)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw GitFailure.of(e, Constants.R_NOTES);
    }
  }

  @Override
  public List<Note> list(String notesRef) {
    try (var walk = new RevWalk(view.repository())) {
      var map = map(notesRef, walk);
      var notes = new ArrayList<Note>();
      if (map.isPresent()) {
        map.get().forEach(note -> notes.add(new Note(note.name(), note.getData().name())));
      }
      notes.sort(Comparator.comparing(Note::objectId));
      return notes;
    } catch (IOException e) {
      throw GitFailure.of(e, notesRef);
    }
  }

  @Override
  public Optional<String> find(String notesRef, String revision) {
    var id = view.revisions().id(revision);
    try (var walk = new RevWalk(view.repository())) {
      var map = map(notesRef, walk);
      var note = map.isEmpty() ? null : map.get().get(id);
      return note == null
          ? Optional.empty()
          : Optional.of(GitText.prose(walk.getObjectReader().open(note).getBytes()));
    } catch (IOException e) {
      throw GitFailure.of(e, notesRef);
    }
  }

  private Optional<NoteMap> map(String notesRef, RevWalk walk) throws IOException {
    var ref = view.repository().exactRef(notesRef);
    return ref == null || ref.getObjectId() == null
        ? Optional.empty()
        : Optional.of(NoteMap.read(walk.getObjectReader(), walk.parseCommit(ref.getObjectId())));
  }
}

package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.git.RunNotes;
import dev.gitvan.git.jgit.internal.read.JGitNotes;
import dev.gitvan.job.spi.Staging.NoteMode;
import dev.gitvan.job.spi.Staging.NoteSpec;

/** Notes of a run: all staged. */
final class StagedNotes extends JGitNotes implements RunNotes {
  private final RunScope scope;

  StagedNotes(RunScope scope) {
    super(scope.view());
    this.scope = scope;
  }

  @Override
  public void append(String notesRef, String revision, String text) {
    stage(notesRef, revision, text, NoteMode.APPEND);
  }

  @Override
  public void replace(String notesRef, String revision, String text) {
    stage(notesRef, revision, text, NoteMode.REPLACE);
  }

  @Override
  public void remove(String notesRef, String revision) {
    stage(notesRef, revision, "", NoteMode.REMOVE);
  }

  private void stage(String notesRef, String revision, String text, NoteMode mode) {
    var target = revision == null ? scope.head("a note") : scope.id(revision);
    scope.staging().note(new NoteSpec(notesRef, text, target, mode));
    scope.planned("note", notesRef + " on " + target, text);
  }
}

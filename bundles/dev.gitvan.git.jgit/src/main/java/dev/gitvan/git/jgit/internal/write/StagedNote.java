package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.job.spi.Staging.NoteMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A note that a run has staged.
 *
 * @param ref full name
 * @param target the object; a commit as staged
 * @param text clean; empty where the note goes
 */
record StagedNote(String ref, ObjectId target, String text, NoteMode mode) {}

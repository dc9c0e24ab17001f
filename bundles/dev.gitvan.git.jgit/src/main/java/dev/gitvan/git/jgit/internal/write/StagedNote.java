package dev.gitvan.git.jgit.internal.write;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A note that a run has staged.
 *
 * @param ref full name
 * @param target the commit as staged
 * @param text clean
 */
record StagedNote(String ref, ObjectId target, String text) {}

package dev.gitvan.git.jgit.internal.write;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * An annotated tag that a run has staged.
 *
 * @param ref full name
 * @param target the object; a commit as staged
 * @param type the target's, as JGit numbers them
 */
record StagedTag(
    String ref, String message, PersonIdent tagger, ObjectId target, int type, ObjectId id) {}

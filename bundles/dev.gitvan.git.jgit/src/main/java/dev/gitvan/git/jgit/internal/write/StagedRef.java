package dev.gitvan.git.jgit.internal.write;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A ref that a run has staged to be created, moved or deleted.
 *
 * @param ref full name, no symbolic ref
 * @param from what it must name; null when it must not exist
 * @param to what it will name, a commit or tag as staged; null when it is deleted
 */
record StagedRef(String ref, ObjectId from, ObjectId to, String reason) {}

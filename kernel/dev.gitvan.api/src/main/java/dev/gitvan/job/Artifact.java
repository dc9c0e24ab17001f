package dev.gitvan.job;

/**
 * A file that a run wrote.
 *
 * @param path below the worktree, with {@code /}
 * @param sha256 of its content, in hexadecimal
 * @param bytes its size
 */
public record Artifact(String path, String sha256, long bytes) {}

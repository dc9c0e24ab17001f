package dev.gitvan.template.internal;

import dev.gitvan.extension.Selection;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.spi.EngineOptions;

/**
 * What a session is opened for.
 *
 * @param dir the template folder, below the worktree
 * @param engine the engine's service id
 * @param selection the plugins whose filters and functions templates may call
 */
record SessionKey(
    WorktreeId worktree, String dir, long engine, EngineOptions options, Selection selection) {}

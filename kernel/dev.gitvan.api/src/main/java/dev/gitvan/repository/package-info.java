/** Names of repositories and worktrees, shared by every other package. */
@Export
@Version("1.0.0")
package dev.gitvan.repository;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

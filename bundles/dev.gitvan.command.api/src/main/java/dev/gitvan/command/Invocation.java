package dev.gitvan.command;

import dev.gitvan.repository.WorktreeId;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** One call of a verb. */
@ProviderType
public interface Invocation {
  /** The console for the verb's output. */
  Console console();

  /** Standard input. */
  InputStream in();

  /** The caller's working directory. */
  Path workingDirectory();

  /** The caller's environment. */
  Map<String, String> environment();

  /**
   * The worktree of {@code --repo}, or of the working directory.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_NOT_FOUND}, ...
   */
  WorktreeId worktree();

  /** Sets the action to run when the caller presses Ctrl-C; replaces an earlier action. */
  void onInterrupt(Runnable action);

  /** Whether this call is a dry run, which is not measured or recorded. */
  boolean isDryRun();

  /** Declares this call a dry run. Call it before anything else. */
  void dryRun();
}

package dev.gitvan.command;

import dev.gitvan.repository.WorktreeId;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** One call of a verb. */
@ProviderType
public interface Invocation {
  /** Where to print. */
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

  /** Is told when the caller presses Ctrl-C; the latest registration counts. */
  void onInterrupt(Runnable action);

  /** Whether nothing that this call does may be measured or remembered. */
  boolean isDryRun();

  /** Declares this call a dry run, before anything is done. */
  void dryRun();
}

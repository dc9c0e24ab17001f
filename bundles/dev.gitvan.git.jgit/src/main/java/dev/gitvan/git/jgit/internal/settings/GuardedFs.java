package dev.gitvan.git.jgit.internal.settings;

import java.io.File;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.FS_Win32;

/**
 * File systems for JGit that start no program: no hook, no filter, no shell, no {@code git}. What a
 * repository configures cannot run, whatever path JGit takes.
 */
public final class GuardedFs {
  private GuardedFs() {}

  /** The one for this machine. */
  public static FS create() {
    return FS.DETECTED instanceof FS_Win32 ? new Windows() : new Posix();
  }

  private static UnsupportedOperationException refused(String command) {
    return new UnsupportedOperationException(
        "GitVan does not run commands from a repository's configuration: " + command);
  }

  private static final class Posix extends FS_POSIX {
    Posix() {
      super(FS.DETECTED);
    }

    private Posix(FS other) {
      super(other);
    }

    @Override
    public FS newInstance() {
      return new Posix(this);
    }

    @Override
    public File findHook(Repository repository, String hookName) {
      return null;
    }

    @Override
    public ProcessBuilder runInShell(String cmd, String[] args) {
      throw refused(cmd);
    }

    @Override
    protected File discoverGitExe() {
      return null;
    }

    @Override
    protected File discoverGitSystemConfig() {
      return null;
    }
  }

  private static final class Windows extends FS_Win32 {
    Windows() {
      super(FS.DETECTED);
    }

    private Windows(FS other) {
      super(other);
    }

    @Override
    public FS newInstance() {
      return new Windows(this);
    }

    @Override
    public File findHook(Repository repository, String hookName) {
      return null;
    }

    @Override
    public ProcessBuilder runInShell(String cmd, String[] args) {
      throw refused(cmd);
    }

    @Override
    protected File discoverGitExe() {
      return null;
    }

    @Override
    protected File discoverGitSystemConfig() {
      return null;
    }
  }
}

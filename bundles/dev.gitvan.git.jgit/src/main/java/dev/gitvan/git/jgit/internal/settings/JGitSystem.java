package dev.gitvan.git.jgit.internal.settings;

import java.io.IOException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * What JGit sees of the machine: the user's configuration without a {@code git} process, no
 * variable of Git's, and the time stamps' resolution given instead of measured with files in the
 * repository.
 */
public final class JGitSystem extends SystemReader.Delegate {
  private final UserSettings user;

  private JGitSystem(SystemReader standard, UserSettings user) {
    super(standard);
    this.user = user;
  }

  /** Puts it in place of whatever JGit has. */
  public static JGitSystem install(UserSettings user) {
    SystemReader.setInstance(null);
    var system = new JGitSystem(SystemReader.getInstance(), user);
    SystemReader.setInstance(system);
    return system;
  }

  /** Gives JGit its own back, unless somebody else has replaced this meanwhile. */
  public void uninstall() {
    if (SystemReader.getInstance() == this) {
      SystemReader.setInstance(null);
    }
  }

  @Override
  public String getenv(String variable) {
    return variable.startsWith("GIT_") ? null : user.variable(variable).orElse(null);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Fixed(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Fixed(parent, fs);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Users(parent, fs);
  }

  /** A configuration without a file. */
  private static class Fixed extends FileBasedConfig {
    Fixed(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() throws IOException, ConfigInvalidException {
      // nothing to read
    }

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public void save() {
      // never: what JGit wants to remember, it asks again
    }

    /**
     * Kernels stamp files by the timer's tick, at most 10 ms: what is younger than twice that is
     * read again. Without this, JGit measures for seconds with files that it writes beside the
     * repository's.
     */
    @Override
    public long getTimeUnit(
        String section,
        String subsection,
        String name,
        long defaultValue,
        java.util.concurrent.TimeUnit wantUnit) {
      return section.equals("filesystem")
          ? wantUnit.convert(20, java.util.concurrent.TimeUnit.MILLISECONDS)
          : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
    }
  }

  /** The user's files as one configuration. */
  private final class Users extends Fixed {
    private ConfigFiles read;

    Users(Config parent, FS fs) {
      super(parent, fs);
    }

    @Override
    public void load() throws IOException, ConfigInvalidException {
      read = user.read(condition -> false);
      fromText(read.text());
    }

    @Override
    public boolean isOutdated() {
      return read == null
          || read.stamps().entrySet().stream()
              .anyMatch(e -> !e.getValue().equals(ConfigFiles.Stamp.of(e.getKey())));
    }
  }
}

package dev.gitvan.git.jgit.internal.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Config;

/** Decides {@code includeIf}: gitdir, gitdir/i, onbranch, hasconfig. */
record IncludeConditions(Path gitDir, String branch, Path home, Config repository)
    implements Predicate<ConfigFiles.Condition> {
  @Override
  public boolean test(ConfigFiles.Condition condition) {
    var text = condition.text();
    if (text.startsWith("gitdir:")) {
      return inGitDir(text.substring(7), condition.file(), false);
    }
    if (text.startsWith("gitdir/i:")) {
      return inGitDir(text.substring(9), condition.file(), true);
    }
    if (text.startsWith("onbranch:")) {
      var glob = text.substring(9);
      return !branch.isEmpty() && matches(glob.endsWith("/") ? glob + "**" : glob, branch, false);
    }
    if (text.startsWith("hasconfig:remote.*.url:")) {
      var glob = text.substring("hasconfig:remote.*.url:".length());
      return repository.getSubsections("remote").stream()
          .map(remote -> repository.getString("remote", remote, "url"))
          .anyMatch(url -> url != null && matches(glob, url, false));
    }
    return false;
  }

  private boolean inGitDir(String pattern, Path file, boolean ignoreCase) {
    var glob = pattern;
    if (glob.startsWith("~/")) {
      glob = real(home) + glob.substring(1);
    } else if (glob.startsWith("./")) {
      glob = real(file.toAbsolutePath().getParent()) + glob.substring(1);
    } else if (!glob.startsWith("/")) {
      glob = "**/" + glob;
    }
    if (glob.endsWith("/")) {
      glob += "**";
    }
    return matches(glob, gitDir.toString(), ignoreCase);
  }

  private static boolean matches(String glob, String text, boolean ignoreCase) {
    return Wildmatch.of(glob, true, ignoreCase).matches(text);
  }

  private static String real(Path path) {
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      return path.toString();
    }
  }
}

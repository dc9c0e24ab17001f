package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Remotes.Remote;
import dev.gitvan.git.jgit.internal.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.transport.RefSpec;

/** What Git's configuration says of remotes. */
public final class RemoteSettings {
  private RemoteSettings() {}

  /** The names of all remotes, sorted. */
  static List<String> names(Settings settings) {
    return settings.all().getSubsections("remote").stream().sorted().toList();
  }

  /** A remote by its name. */
  static Remote of(Settings settings, String name) {
    var config = settings.all();
    var urls = values(config, name, "url");
    var pushUrls = values(config, name, "pushurl");
    return new Remote(
        name,
        urls.stream().map(url -> rewritten(config, url, "insteadof")).toList(),
        pushUrls.isEmpty()
            ? urls.stream().map(url -> pushed(config, url)).toList()
            : pushUrls.stream().map(url -> rewritten(config, url, "insteadof")).toList(),
        values(config, name, "fetch"));
  }

  /** Values, begun again by an empty one. */
  private static List<String> values(Config config, String remote, String key) {
    var values = new ArrayList<String>();
    for (var value : config.getStringList("remote", remote, key)) {
      if (value == null || value.isEmpty()) {
        values.clear();
      } else {
        values.add(value);
      }
    }
    return values;
  }

  /** A URL that is no remote's, as Git would use it. */
  public static String rewritten(Settings settings, String url, boolean push) {
    return push ? pushed(settings.all(), url) : rewritten(settings.all(), url, "insteadof");
  }

  private static String pushed(Config config, String url) {
    var pushed = rewritten(config, url, "pushinsteadof");
    return pushed.equals(url) ? rewritten(config, url, "insteadof") : pushed;
  }

  /** The longest prefix wins. */
  private static String rewritten(Config config, String url, String key) {
    var result = url;
    int longest = -1;
    for (var base : config.getSubsections("url")) {
      for (var prefix : config.getStringList("url", base, key)) {
        if (prefix != null && url.startsWith(prefix) && prefix.length() > longest) {
          longest = prefix.length();
          result = base + url.substring(prefix.length());
        }
      }
    }
    return result;
  }

  /** The ref that a local branch follows, or empty. */
  static String upstream(Settings settings, String branch) {
    var config = settings.all();
    var remote = config.getString("branch", branch, "remote");
    var merge = config.getString("branch", branch, "merge");
    if (remote == null || merge == null) {
      return "";
    }
    if (remote.equals(".")) {
      return merge;
    }
    return Arrays.stream(config.getStringList("remote", remote, "fetch"))
        .map(spec -> destination(spec, merge))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static String destination(String text, String source) {
    try {
      var spec = new RefSpec(text);
      if (spec.isNegative() || !spec.matchSource(source)) {
        return null;
      }
      return spec.isWildcard()
          ? spec.expandFromSource(source).getDestination()
          : spec.getDestination();
    } catch (IllegalArgumentException e) {
      return null; // Git would say so when it fetches
    }
  }
}

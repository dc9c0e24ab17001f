package dev.gitvan.git.jgit.internal.sync;

import dev.gitvan.git.jgit.internal.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a repository that let receipts follow their commits. Theirs are fetched into refs
 * of their own: fetched into the very refs, they would overwrite ours, or be refused, at every
 * {@code git fetch}.
 */
final class SyncSettings {
  /** All refs of receipts. */
  static final String NOTES = "refs/notes/gitvan/";

  private static final String ALL = NOTES + "*";
  private static final Set<String> REWRITTEN = Set.of(ALL, "refs/notes/*");

  private SyncSettings() {}

  /** Where a remote's receipts are fetched to, {@code /} at its end. */
  static String tracking(String remote) {
    return "refs/gitvan/remotes/" + remote + "/notes/";
  }

  /** What fetches them there. */
  static String refspec(String tracking) {
    return "+" + ALL + ":" + tracking + "*";
  }

  /**
   * What is not set yet.
   *
   * @param remote null: only what concerns no remote
   */
  static Map<String, String> missing(Settings settings, String remote) {
    var missing = new LinkedHashMap<String, String>();
    if (remote != null && !values(settings, "remote", remote, "fetch").contains(spec(remote))) {
      missing.put("remote." + remote + ".fetch", spec(remote));
    }
    if (values(settings, "notes", null, "rewriteref").stream().noneMatch(REWRITTEN::contains)) {
      missing.put("notes.rewriteRef", ALL);
    }
    return missing;
  }

  private static String spec(String remote) {
    return refspec(tracking(remote));
  }

  private static List<String> values(
      Settings settings, String section, String subsection, String name) {
    return new ArrayList<>(Arrays.asList(settings.all().getStringList(section, subsection, name)));
  }
}

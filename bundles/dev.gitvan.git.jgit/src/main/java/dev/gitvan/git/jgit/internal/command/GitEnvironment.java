package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.git.jgit.internal.settings.EnvironmentConfig;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.repository.GitVariable;
import dev.gitvan.repository.WorktreeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The environment of a {@code git} process: the caller's without what ties it to another repository
 * (what {@code git rev-parse --local-env-vars} prints, and every other variable of Git's but a
 * few), with nothing that could ask anybody, in the locale C.
 */
final class GitEnvironment {
  /** Variables of Git's that are the user's wish and name no repository. */
  private static final Set<String> KEPT =
      Set.of(
          "GIT_AUTHOR_NAME",
          "GIT_AUTHOR_EMAIL",
          "GIT_AUTHOR_DATE",
          "GIT_COMMITTER_NAME",
          "GIT_COMMITTER_EMAIL",
          "GIT_COMMITTER_DATE",
          "GIT_CONFIG_GLOBAL",
          "GIT_CONFIG_SYSTEM",
          "GIT_CONFIG_NOSYSTEM",
          "GIT_NO_REPLACE_OBJECTS",
          "GIT_EXEC_PATH",
          "GIT_SSL_NO_VERIFY",
          "GIT_SSL_CAINFO",
          "GIT_SSL_CAPATH",
          "GIT_SSL_CERT",
          "GIT_SSL_KEY",
          "GIT_HTTP_USER_AGENT",
          "GIT_HTTP_LOW_SPEED_LIMIT",
          "GIT_HTTP_LOW_SPEED_TIME",
          "GIT_HTTP_PROXY_AUTHMETHOD");

  private final Settings settings;
  private final Map<String, String> caller;
  private final Map<String, String> result = new TreeMap<>();

  private GitEnvironment(Settings settings, Map<String, String> caller) {
    this.settings = settings;
    this.caller = caller;
  }

  /** The environment of a call in a worktree. */
  static Map<String, String> of(
      WorktreeId worktree, Settings settings, Map<String, String> caller, GitCall call) {
    var environment = new GitEnvironment(settings, caller);
    environment.inherit();
    environment.locale(call.kind());
    environment.silence();
    environment.ssh();
    environment.repository(worktree, call.kind());
    environment.configure(call.kind());
    environment.result.putAll(call.variables());
    return environment.result;
  }

  private void inherit() {
    caller.forEach(
        (name, value) -> {
          if (!name.startsWith("GIT_") || KEPT.contains(name)) {
            result.put(name, value);
          }
        });
  }

  private void locale(GitCall.Kind kind) {
    result.keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANGUAGE"));
    result.put("LC_ALL", "C");
    if (kind == GitCall.Kind.READING) {
      result.put("TZ", "UTC");
    }
  }

  /** Nobody is there to answer. */
  private void silence() {
    result.put("GIT_TERMINAL_PROMPT", "0");
    // Empty, they hide core.askPass and each other.
    result.put("GIT_ASKPASS", "");
    result.put("SSH_ASKPASS", "");
    result.put("SSH_ASKPASS_REQUIRE", "never");
    result.put("GCM_INTERACTIVE", "never");
    result.put("GIT_EDITOR", ":");
    result.put("GIT_SEQUENCE_EDITOR", ":");
    result.put("GIT_MERGE_AUTOEDIT", "no");
    result.put("GIT_PAGER", "cat");
    result.put("GIT_PROXY_COMMAND", "");
    result.remove("DISPLAY");
    result.remove("WAYLAND_DISPLAY");
    result.remove("EDITOR");
    result.remove("VISUAL");
    result.remove("PAGER");
  }

  /**
   * OpenSSH runs without prompts; another program of the user's is called as it is. Always as a
   * command, which wins over what the repository's configuration names.
   */
  private void ssh() {
    var command =
        value("GIT_SSH_COMMAND")
            .or(() -> Optional.ofNullable(settings.users().getString("core", null, "sshcommand")))
            .or(() -> value("GIT_SSH").map(path -> "'" + path.replace("'", "'\\''") + "'"))
            .orElse("ssh");
    result.put("GIT_SSH_COMMAND", isOpenSsh(command) ? batch(command) : command);
    value("GIT_SSH_VARIANT").ifPresent(variant -> result.put("GIT_SSH_VARIANT", variant));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(caller.get(name)).filter(text -> !text.isBlank());
  }

  private static String batch(String command) {
    return command + " -oBatchMode=yes";
  }

  private static boolean isOpenSsh(String command) {
    var first = command.strip().split("\\s+")[0].replaceAll("[\"']", "");
    return first.equals("ssh") || first.endsWith("/ssh");
  }

  private void repository(WorktreeId worktree, GitCall.Kind kind) {
    // The very repository that was checked, wherever a search from its directory would lead.
    result.put("GIT_DIR", worktree.gitDir().toString());
    worktree.root().ifPresent(root -> result.put("GIT_WORK_TREE", root.toString()));
    if (!worktree.hasOwnIndex()) {
      result.put(GitVariable.GIT_INDEX_FILE.name(), worktree.index().toString());
    }
    result.put("GIT_ALLOW_PROTOCOL", allowed());
    if (kind == GitCall.Kind.READING) {
      result.put("GIT_OPTIONAL_LOCKS", "0");
      result.put("GIT_NO_LAZY_FETCH", "1");
    }
  }

  /** What {@link Urls} takes; less where the user takes less. */
  private String allowed() {
    var wish = caller.get("GIT_ALLOW_PROTOCOL");
    if (wish == null) {
      return String.join(":", Urls.PROTOCOLS);
    }
    var wished = Set.copyOf(Arrays.asList(wish.split(":")));
    return Urls.PROTOCOLS.stream().filter(wished::contains).collect(Collectors.joining(":"));
  }

  private void configure(GitCall.Kind kind) {
    var entries = new ArrayList<>(EnvironmentConfig.of(caller));
    entries.addAll(GuardedSettings.of(settings, kind == GitCall.Kind.CHANGING_WITH_HOOKS));
    put(entries);
  }

  private void put(List<EnvironmentConfig.Entry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      result.put("GIT_CONFIG_KEY_" + i, entries.get(i).key());
      result.put("GIT_CONFIG_VALUE_" + i, entries.get(i).value());
    }
    result.put("GIT_CONFIG_COUNT", String.valueOf(entries.size()));
  }
}

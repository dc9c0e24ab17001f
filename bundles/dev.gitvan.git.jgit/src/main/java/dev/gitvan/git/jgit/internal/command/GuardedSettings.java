package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.git.jgit.internal.settings.EnvironmentConfig.Entry;
import dev.gitvan.git.jgit.internal.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Configuration that the {@code git} command gets on top of all files: what makes its output the
 * same for everybody, and what takes from the repository every program that it names. A program
 * that the user's or the system's configuration names keeps its place.
 */
final class GuardedSettings {
  private static final List<Entry> FIXED =
      List.of(
          new Entry("core.fsmonitor", "false"),
          new Entry("core.askPass", ""),
          new Entry("core.editor", ":"),
          new Entry("sequence.editor", ":"),
          new Entry("core.pager", "cat"),
          new Entry("core.quotePath", "false"),
          new Entry("color.ui", "false"),
          new Entry("column.ui", "never"),
          new Entry("i18n.logOutputEncoding", "UTF-8"),
          new Entry("i18n.commitEncoding", "UTF-8"),
          new Entry("user.useConfigOnly", "true"),
          // A collection would outlive the call, and prune beside our own writers.
          new Entry("gc.auto", "0"),
          new Entry("maintenance.auto", "false"),
          // Our own writers hold a lock for milliseconds.
          new Entry("core.filesRefLockTimeout", "2000"),
          new Entry("core.packedRefsTimeout", "2000"),
          // Submodules have configurations of their own.
          new Entry("submodule.recurse", "false"),
          new Entry("fetch.recurseSubmodules", "false"),
          new Entry("push.recurseSubmodules", "no"),
          new Entry("protocol.ext.allow", "never"),
          new Entry("protocol.fd.allow", "never"),
          // Work that is put away by itself can be lost by itself.
          new Entry("rebase.autoStash", "false"),
          new Entry("merge.autoStash", "false"));

  private static final Set<String> FILTER = Set.of("clean", "smudge", "process");

  private final Settings settings;
  private final List<Entry> entries = new ArrayList<>();

  private GuardedSettings(Settings settings) {
    this.settings = settings;
  }

  /** The entries for a call, in their order. */
  static List<Entry> of(Settings settings, boolean hooks) {
    var guarded = new GuardedSettings(settings);
    guarded.entries.addAll(FIXED);
    if (!hooks) {
      guarded.add("core.hooksPath", "/dev/null");
    }
    guarded.programs();
    guarded.credentials();
    return guarded.entries;
  }

  private void add(String key, String value) {
    entries.add(new Entry(key, value));
  }

  private void programs() {
    give("core", null, "alternateRefsCommand", "true");
    give("diff", null, "external", "false");
    give("interactive", null, "diffFilter", "cat");
    give("gpg", null, "program", "gpg");
    give("gpg", "openpgp", "program", "gpg");
    give("gpg", "x509", "program", "gpgsm");
    give("gpg", "ssh", "program", "ssh-keygen");
    give("gpg", "ssh", "defaultKeyCommand", "false");
    for (var driver : settings.all().getSubsections("diff")) {
      give("diff", driver, "command", "false");
      give("diff", driver, "textconv", "false");
    }
    for (var driver : settings.all().getSubsections("merge")) {
      // A conflict: nobody knows how the two are to be merged.
      give("merge", driver, "driver", "exit 1");
    }
    for (var trailer : settings.all().getSubsections("trailer")) {
      give("trailer", trailer, "command", "true");
      give("trailer", trailer, "cmd", "true");
    }
    for (var remote : settings.all().getSubsections("remote")) {
      give("remote", remote, "uploadpack", "git-upload-pack");
      give("remote", remote, "receivepack", "git-receive-pack");
    }
    for (var alias : settings.all().getNames("alias")) {
      give("alias", null, alias, "");
    }
    settings.all().getSubsections("submodule").forEach(this::submodule);
    settings.all().getSubsections("filter").forEach(this::filter);
  }

  /** Gives a program its user's value where the repository has another one. */
  private void give(String section, String subsection, String name, String otherwise) {
    var effective = settings.all().getStringList(section, subsection, name);
    var own = settings.users().getStringList(section, subsection, name);
    if (!Arrays.equals(effective, own)) {
      add(key(section, subsection, name), own.length == 0 ? otherwise : last(own));
    }
  }

  /** A command in a submodule's setting stands behind an exclamation mark. */
  private void submodule(String name) {
    var update = settings.all().getString("submodule", name, "update");
    if (update != null && update.startsWith("!")) {
      add(key("submodule", name, "update"), "none");
    }
  }

  /**
   * A filter that only the repository defines is one that must run and cannot: content is never
   * taken unfiltered.
   */
  private void filter(String driver) {
    boolean foreign = false;
    for (var name : FILTER) {
      var own = settings.users().getStringList("filter", driver, name);
      if (!Arrays.equals(settings.all().getStringList("filter", driver, name), own)) {
        foreign |= own.length == 0;
        add(key("filter", driver, name), own.length == 0 ? "" : last(own));
      }
    }
    if (foreign && settings.users().getSubsections("filter").stream().noneMatch(driver::equals)) {
      add(key("filter", driver, "required"), "true");
    }
  }

  /** The list of helpers, begun again by an empty one, without those of the repository. */
  private void credentials() {
    add("credential.helper", "");
    helpers(null);
    settings.users().getSubsections("credential").forEach(this::helpers);
  }

  private void helpers(String url) {
    for (var helper : settings.users().getStringList("credential", url, "helper")) {
      add(key("credential", url, "helper"), helper == null ? "" : helper);
    }
  }

  private static String key(String section, String subsection, String name) {
    return subsection == null ? section + "." + name : section + "." + subsection + "." + name;
  }

  private static String last(String[] values) {
    var last = values[values.length - 1];
    return last == null ? "" : last;
  }
}

package dev.gitvan.git.jgit.internal.sync;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.git.Remotes;
import dev.gitvan.git.Remotes.Remote;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.command.Urls;
import dev.gitvan.git.jgit.internal.read.RemoteSettings;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.repository.WorktreeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The other repository: a remote that is configured, or a URL.
 *
 * @param argument what Git is given
 * @param name the remote's name; empty for a URL
 * @param tracking where its receipts are fetched to
 */
record Place(String argument, Optional<String> name, String tracking) {
  /**
   * Finds it, and checks every URL of it.
   *
   * @param text a name, a URL, a path, or empty
   */
  static Place of(
      String text, Remotes remotes, Settings settings, WorktreeId worktree, boolean push) {
    if (text.isEmpty()) {
      return of(remotes.standard().orElseThrow(Place::none), worktree, push);
    }
    Arguments.plain(text, "the remote");
    var remote = remotes.find(text);
    if (remote.isPresent()) {
      return of(remote.get(), worktree, push);
    }
    if (text.indexOf('/') < 0 && text.indexOf(':') < 0 && !text.startsWith(".")) {
      var names = remotes.list().stream().map(Remote::name).toList();
      throw GitVanException.of(
          Codes.REMOTE_NOT_FOUND,
          text,
          "there is no such remote",
          Nearest.sentence(text, names, "See `git remote -v`."));
    }
    Urls.check(RemoteSettings.rewritten(settings, text, false), worktree);
    Urls.check(RemoteSettings.rewritten(settings, text, true), worktree);
    return new Place(text, Optional.empty(), SyncSettings.tracking("url-" + digest(text)));
  }

  private static Place of(Remote remote, WorktreeId worktree, boolean push) {
    if (remote.fetchUrls().isEmpty()) {
      throw GitVanException.of(
          Codes.REMOTE_NOT_FOUND,
          remote.name(),
          "the remote has no URL",
          "`git remote set-url " + remote.name() + " URL` sets it.");
    }
    remote.fetchUrls().forEach(url -> Urls.check(url, worktree));
    if (push) {
      remote.pushUrls().forEach(url -> Urls.check(url, worktree));
    }
    var name = Arguments.plain(remote.name(), "the remote");
    return new Place(name, Optional.of(name), SyncSettings.tracking(name));
  }

  private static GitVanException none() {
    return GitVanException.of(
        Codes.REMOTE_NOT_FOUND,
        "receipt sync",
        "no remote is configured",
        "Pass a remote, or add one: `git remote add origin URL`.");
  }

  private static String digest(String url) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For people: without credentials. */
  String shown() {
    return Urls.shown(argument);
  }
}

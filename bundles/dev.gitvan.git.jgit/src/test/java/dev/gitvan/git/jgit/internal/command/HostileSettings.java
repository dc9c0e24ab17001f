package dev.gitvan.git.jgit.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A repository in which everything that Git would run names a program that leaves a canary. */
public final class HostileSettings {
  private static final List<String> KEYS =
      List.of(
          "core.fsmonitor",
          "core.sshCommand",
          "core.editor",
          "core.pager",
          "core.askPass",
          "core.gitProxy",
          "core.alternateRefsCommand",
          "credential.helper",
          "credential.https://127.0.0.1.helper",
          "diff.external",
          "diff.evil.command",
          "diff.evil.textconv",
          "merge.evil.driver",
          "filter.evil.clean",
          "filter.evil.smudge",
          "filter.evil.process",
          "gpg.program",
          "gpg.ssh.program",
          "gpg.ssh.defaultKeyCommand",
          "gpg.x509.program",
          "sequence.editor",
          "uploadpack.packObjectsHook",
          "interactive.diffFilter",
          "pager.diff",
          "pager.log",
          "trailer.evil.command",
          "trailer.evil.cmd",
          "remote.origin.uploadpack",
          "remote.origin.receivepack");

  private static final List<String> HOOKS =
      List.of(
          "applypatch-msg",
          "pre-commit",
          "prepare-commit-msg",
          "commit-msg",
          "post-commit",
          "pre-merge-commit",
          "pre-rebase",
          "post-rewrite",
          "post-merge",
          "pre-push",
          "reference-transaction",
          "post-index-change",
          "post-checkout",
          "pre-auto-gc",
          "fsmonitor-watchman");

  private final Path canaries;

  private HostileSettings(Path canaries) {
    this.canaries = canaries;
  }

  /**
   * Makes a repository hostile.
   *
   * @param canaries an empty folder
   */
  public static HostileSettings in(GitSandbox git, Path canaries) {
    try {
      var hostile = new HostileSettings(Files.createDirectories(canaries));
      for (var key : KEYS) {
        git.git("config", key, hostile.script(key));
      }
      git.git("config", "alias.evil", "!" + hostile.script("alias"));
      git.git("config", "submodule.module.update", "!" + hostile.script("update"));
      var common = Path.of(git.git("rev-parse", "--absolute-git-dir"));
      var own = Files.createDirectories(common.resolve("evil-hooks"));
      for (var hook : HOOKS) {
        var script = Path.of(hostile.script("hook-" + hook));
        Files.copy(script, own.resolve(hook));
        Files.createDirectories(common.resolve("hooks"));
        Files.copy(script, common.resolve("hooks").resolve(hook));
      }
      git.git("config", "core.hooksPath", own.toString());
      git.git("config", "remote.origin.promisor", "true");
      return hostile;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String script(String name) throws IOException {
    var file = canaries.resolve(name.replace('/', '_') + ".sh");
    var canary = file.toString().replaceFirst("\\.sh$", ".canary");
    Files.writeString(file, "#!/bin/sh\ntouch '" + canary + "'\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }

  /** What has run since the last time. */
  public List<String> ran() {
    try (var files = Files.list(canaries)) {
      var found =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".canary"))
              .sorted()
              .toList();
      for (var name : found) {
        Files.delete(canaries.resolve(name));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A repository with everything that is odd: renames, merges, an octopus, a criss-cross, two roots,
 * odd names, a submodule, links, modes, empty commits, nested tags, notes, a stash, remotes.
 */
final class OddRepository {
  private final GitSandbox git;

  private OddRepository(GitSandbox git) {
    this.git = git;
  }

  /** Builds it. */
  static GitSandbox build(Path directory) {
    var git = GitSandbox.init(directory);
    var odd = new OddRepository(git);
    odd.files();
    odd.merges();
    odd.crissCross();
    odd.secondRoot();
    odd.submodule(directory);
    odd.messages();
    odd.tags();
    odd.remotes(directory);
    odd.worktreeState();
    return git;
  }

  private void files() {
    for (var name :
        new String[] {
          "ünïcödé/日本.txt",
          "with space",
          "tab\there",
          "new\nline",
          "quote\"s",
          "-dash",
          "back\\slash",
          "*star?[x]",
          "dir/sub/deep.txt"
        }) {
      git.write(name, "content of " + name.length() + "\n" + "same line\n".repeat(20));
    }
    git.write("run.sh", "#!/bin/sh\n");
    git.write("binary", "a\0b\0c");
    git.write("empty", "");
    try {
      Files.createSymbolicLink(git.root().resolve("link"), Path.of("dir/sub/deep.txt"));
      Files.createSymbolicLink(git.root().resolve("broken"), Path.of("nowhere"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git.git("add", "-A");
    git.git("update-index", "--chmod=+x", "run.sh");
    git.git("commit", "-qm", "files");
    git.git("mv", "dir/sub/deep.txt", "dir/moved.txt");
    git.git("commit", "-qm", "an exact rename");
    git.git("mv", "with space", "with more space");
    git.write("with more space", "content of 10\n" + "same line\n".repeat(17) + "other\n");
    git.git("commit", "-qam", "a rename with a change");
    git.git("rm", "-q", "link");
    git.write("link", "a file now\n");
    git.git("add", "link");
    git.git("update-index", "--chmod=-x", "run.sh");
    git.write("binary", "a\0b\0d");
    git.git("add", "binary");
    git.git("commit", "-qm", "types and modes");
    git.git("commit", "-q", "--allow-empty", "-m", "nothing");
    git.git("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", "");
  }

  private void branch(String name, String from) {
    git.git("checkout", "-q", "-b", name, from);
    git.commit(name + ".txt", name + "\n", "on " + name);
  }

  private void merges() {
    for (int i = 1; i <= 3; i++) {
      branch("side/" + i, "main");
    }
    git.git("checkout", "-q", "main");
    git.git("merge", "-q", "--no-ff", "-m", "merge one", "side/1");
    git.commit("after.txt", "1\n", "after the merge");
    git.git("merge", "-q", "--no-ff", "-m", "octopus", "side/2", "side/3");
  }

  private void crissCross() {
    branch("x", "main");
    branch("y", "main");
    git.git("checkout", "-q", "x");
    git.git("merge", "-q", "-m", "y into x", "y~0");
    git.git("checkout", "-q", "y");
    git.git("merge", "-q", "-m", "x into y", "x~1");
    git.commit("y2.txt", "1\n", "more y");
    git.git("checkout", "-q", "x");
    git.commit("x2.txt", "1\n", "more x");
    git.git("checkout", "-q", "main");
  }

  private void secondRoot() {
    git.git("checkout", "-q", "--orphan", "other-root");
    git.git("rm", "-qrf", ".");
    git.write(".gitignore", "*.log\n");
    git.write("root.txt", "1\n");
    git.git("add", "-A");
    git.git("commit", "-qm", "another root");
    git.git("checkout", "-q", "-f", "main");
  }

  private void submodule(Path directory) {
    try {
      var other = GitSandbox.init(Files.createDirectories(directory.resolve("module")));
      other.commit("m.txt", "1\n", "module");
      git.git(
          "-c",
          "protocol.file.allow=always",
          "submodule",
          "-q",
          "add",
          other.root().toString(),
          "module");
      git.git("commit", "-qm", "a submodule");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void messages() {
    for (var message :
        new String[] {
          "subject\n\nbody\n\nSigned-off-by: Ada <ada@example.org>\nReviewed-by: Eve\n",
          "subject\n\nKey: one\nOther-Key: a value\n that goes on\n\tand on\nLast : spaced\n",
          "subject\n\nKey: only\nand a plain line\n",
          "subject\n\nno\nno\nSigned-off-by: quarter\n",
          "subject\n\n(cherry picked from commit 0123)\nKey: v\n",
          "Key: this is the title\n",
          "subject\nof two lines\n\nIssue: #1\n# a comment\nIssue: #2\n",
          "subject\n\nUrl: https://example.org/a:b\nEmpty:\nno-colon\n"
        }) {
      try {
        var file = Files.writeString(git.home().resolve("message"), message);
        git.git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-F", file.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    git.write(".mailmap", "Ada King <king@example.org> <ada@example.org>\n");
    git.git("add", ".mailmap");
    git.git("commit", "-qm", "mailmap", "--author", "Zoë Ünal <zoe@example.org>");
  }

  private void tags() {
    git.git("tag", "light");
    git.git("tag", "-a", "v1", "-m", "version 1\n\nwith a body", "main~3");
    git.git("tag", "-a", "nested", "-m", "a tag of a tag", "v1");
    git.git("tag", "-a", "deeper", "-m", "and again", "nested");
    git.git("tag", "of-a-tree", "main^{tree}");
    git.git("tag", "-a", "of-a-blob", "-m", "blob", "main:empty");
    git.git("tag", "dir/tag", "main~2");
    git.git("notes", "add", "-m", "a note", "main");
    git.git("notes", "--ref", "review", "add", "-m", "looks good", "main~1");
    git.git("notes", "--ref", "review", "add", "-m", "on a tree", "main^{tree}");
  }

  private void remotes(Path directory) {
    git.git("init", "-q", "--bare", directory + "/upstream.git");
    git.git("remote", "add", "origin", directory + "/upstream.git");
    git.git("push", "-q", "-u", "origin", "main", "x", "light");
    git.git("remote", "set-head", "origin", "main");
    git.git("remote", "add", "more", "https://example.org/a.git");
    git.git("remote", "set-url", "--add", "more", "https://example.org/b.git");
    git.git("remote", "set-url", "--push", "more", "short:push.git");
    git.git("remote", "add", "short", "short:fetch.git");
    git.git("config", "url.ssh://git@example.org/.insteadOf", "short:");
    git.git("config", "url.https://longer.example.org/.insteadOf", "short:fetch");
    git.git("config", "url.ssh://push.example.org/.pushInsteadOf", "https://example.org/");
    git.git("branch", "-q", "--track", "local-track", "main");
    git.git("config", "branch.y.remote", "origin");
    git.git("config", "branch.y.merge", "refs/heads/not-there");
    git.commit("ahead.txt", "1\n", "ahead of origin");
  }

  private void worktreeState() {
    git.write("stashed.txt", "1\n");
    git.git("add", "stashed.txt");
    git.git("stash", "push", "-q", "-m", "first one");
    git.write("after.txt", "2\n");
    git.git("stash", "push", "-q");
    git.write("dir/moved.txt", "changed\n");
    git.git("add", "dir/moved.txt");
    git.write("after.txt", "3\n");
    git.git("rm", "-q", "--cached", "empty");
    git.write("new file", "1\n");
    git.git("add", "-N", "new file");
  }
}

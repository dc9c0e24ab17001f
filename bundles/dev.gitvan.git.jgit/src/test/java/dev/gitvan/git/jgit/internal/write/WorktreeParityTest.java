package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The blobs that are committed are those that {@code git add} would write. */
class WorktreeParityTest {
  private static final Map<String, byte[]> CONTENTS = contents();

  @TempDir Path directory;
  private GitSandbox git;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
  }

  private static Map<String, byte[]> contents() {
    var contents = new LinkedHashMap<String, byte[]>();
    contents.put("empty", new byte[0]);
    contents.put("lf", bytes("a\nb\n"));
    contents.put("crlf", bytes("a\r\nb\r\n"));
    contents.put("mixed", bytes("a\r\nb\nc\r\n"));
    contents.put("lone-cr", bytes("a\rb\r\nc\n"));
    contents.put("cr-at-end", bytes("a\r\nb\r"));
    contents.put("crcrlf", bytes("a\r\r\nb\r\n"));
    contents.put("nul", bytes("a\r\nb\0\r\n"));
    contents.put("no-newline", bytes("a\r\nb"));
    contents.put("control", bytes("\u0001\u0002\u0003\r\n\u0004"));
    contents.put("dos-eof", bytes("text text\r\n\u001a"));
    contents.put("latin1", new byte[] {(byte) 0xe9, '\r', '\n', (byte) 0xe8});
    contents.put("utf8", bytes("grün\r\nüß\r\n"));
    contents.put("ident", bytes("$Id$ $Id: 123 $\r\n$Id: a\nb$ $Idx: 1$ $Id:$ end $Id: open\r\n"));
    var big = new byte[20_000];
    new Random(1).nextBytes(big);
    contents.put("random", big);
    contents.put("long", bytes("line with words\r\n".repeat(70_000)));
    return contents;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Each content once new, and once over an index that has it with CRLF already. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "core.autocrlf=true",
        "core.autocrlf=input",
        "core.eol=crlf",
        "* text",
        "* text=auto",
        "* -text",
        "* text eol=crlf",
        "* eol=lf",
        "* text=auto eol=crlf",
        "* text=auto eol=lf",
        "* binary",
        "* crlf",
        "* -crlf",
        "* crlf=input",
        "* ident",
        "* text ident",
        "[attr]mine text=auto ident\n* mine",
        "core.autocrlf=true\n* -text\n*f text=auto\nrandom !text",
        "* filter=absent"
      })
  void lineEndsAndIdent(String setting) throws IOException {
    git.commit("a.txt", "1\n", "one");
    for (var content : CONTENTS.entrySet()) {
      write("old-" + content.getKey(), bytes("a\r\nb\r\n"));
    }
    git.git("add", ".");
    git.git("commit", "-qm", "with CRLF");
    var attributes = new StringBuilder();
    for (var line : setting.split("\n")) {
      if (line.startsWith("core.")) {
        git.git("config", line.split("=")[0], line.split("=")[1]);
      } else {
        attributes.append(line).append('\n');
      }
    }
    git.write(".gitattributes", attributes.toString());
    for (var content : CONTENTS.entrySet()) {
      write("new-" + content.getKey(), content.getValue());
      write("old-" + content.getKey(), content.getValue());
    }
    var expected = expectedTree(".");
    try (var gitvan = Receipts.open(git)) {
      gitvan.run(git.worktree(), Receipts.id(1), ".");
      assertThat(git.git("diff-tree", "-r", expected, "HEAD")).isEmpty();
      assertThat(git.git("status", "--porcelain")).isEmpty();
      try (var repository =
          new JGitGit(gitvan.repositories, Metrics.NONE, new GitCommand(new LocalLauncher()))
              .open(git.worktree())) {
        assertThat(repository.status().isClean()).isTrue();
      }
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(git.root().resolve(name), content);
  }

  /** With the real index's entries, as {@code git add} sees them. */
  private String expectedTree(String path) throws IOException {
    var index = directory.resolve("other-index");
    // Its time, too: by that Git knows which files may have changed within the same second.
    Files.copy(git.root().resolve(".git/index"), index, StandardCopyOption.COPY_ATTRIBUTES);
    var env = Map.of("GIT_INDEX_FILE", index.toString());
    assertThat(git.exec(List.of("git", "add", "-A", "--", path), env).status()).isZero();
    return git.exec(List.of("git", "write-tree"), env).out().strip();
  }

  @Test
  void filtersAndEncodingsAreRefused() {
    git.commit("a.txt", "1\n", "one");
    for (var attribute : List.of("filter=lfs", "filter=mine", "working-tree-encoding=UTF-16LE")) {
      git.git("config", "filter.mine.clean", "cat");
      git.write(".gitattributes", "*.bin " + attribute + "\n");
      git.write("x.bin", "1\n");
      try (var gitvan = Receipts.open(git)) {
        assertThatExceptionOfType(GitVanException.class)
            .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(1), "."))
            .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.FILTER_UNSUPPORTED))
            .satisfies(e -> assertThat(e.getMessage()).contains("x.bin"));
        gitvan.run(git.worktree(), Receipts.id(2), ".gitattributes");
      }
    }
  }

  @Test
  void aFileUnderAFilterThatIsUnchangedDoesNoHarm() {
    git.git("config", "filter.mine.clean", "sed s/a/b/");
    git.write(".gitattributes", "*.bin filter=mine\n");
    git.write("dir/x.bin", "aaa\n");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    git.git("update-index", "--refresh");
    // Past the clock's tick in which it was indexed, its stat data are believed.
    var file = git.root().resolve("dir/x.bin").toFile();
    assertThat(file.setLastModified(System.currentTimeMillis() - 10_000)).isTrue();
    git.git("add", ".");
    git.write("dir/y.txt", "1\n");
    try (var gitvan = Receipts.open(git)) {
      gitvan.run(git.worktree(), Receipts.id(1), "dir");
    }
    assertThat(git.git("show", "--format=", "--name-only")).isEqualTo("dir/y.txt");
  }

  @Test
  void modesWithoutFileModeAndSymlinks() throws IOException {
    git.write("run.sh", "1\n");
    git.root().resolve("run.sh").toFile().setExecutable(true);
    Files.createSymbolicLink(git.root().resolve("link"), Path.of("run.sh"));
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    git.git("config", "core.fileMode", "false");
    git.git("config", "core.symlinks", "false");
    git.write("run.sh", "2\n");
    git.root().resolve("run.sh").toFile().setExecutable(false);
    Files.delete(git.root().resolve("link"));
    git.write("link", "elsewhere");
    git.write("new.sh", "1\n");
    git.root().resolve("new.sh").toFile().setExecutable(true);
    var expected = expectedTree(".");
    try (var gitvan = Receipts.open(git)) {
      gitvan.run(git.worktree(), Receipts.id(1), ".");
    }
    assertThat(git.git("diff-tree", "-r", expected, "HEAD")).isEmpty();
  }

  @Test
  void submodulesStayAsTheyAre() {
    git.commit("a.txt", "1\n", "one");
    git.git("init", "-q", directory + "/other");
    var other = git.at(directory.toAbsolutePath().resolve("other"));
    other.commit("x", "1\n", "one");
    git.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "-q",
        "add",
        other.root().toString(),
        "sub");
    git.git("commit", "-qm", "submodule");
    git.at(git.root().resolve("sub")).commit("y", "1\n", "moved on");
    git.git("init", "-q", git.root() + "/nested");
    git.write("nested/z", "1\n");
    git.write("b.txt", "1\n");
    try (var gitvan = Receipts.open(git)) {
      for (var bad : List.of("sub", "sub/x", "nested", "nested/z")) {
        assertThatExceptionOfType(GitVanException.class)
            .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(1), bad))
            .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.OUTPUT_FORBIDDEN_PATH));
      }
      gitvan.run(git.worktree(), Receipts.id(2), ".");
    }
    assertThat(git.git("show", "--format=", "--name-only")).isEqualTo("b.txt");
    assertThat(git.git("status", "--porcelain")).isEqualTo(" M sub\n?? nested/");
  }

  @Test
  void aFileWrittenAgainAtOnceIsSeenAsChanged() {
    git.commit("a.txt", "1\n", "one");
    try (var gitvan = Receipts.open(git)) {
      for (int i = 0; i < 30; i++) {
        git.write("out.txt", "%02d\n".formatted(i));
        gitvan.run(git.worktree(), Receipts.id(i), "out.txt");
        git.write("out.txt", "x%01d\n".formatted(i % 10));
        assertThat(git.git("status", "--porcelain")).isEqualTo(" M out.txt");
      }
    }
  }
}

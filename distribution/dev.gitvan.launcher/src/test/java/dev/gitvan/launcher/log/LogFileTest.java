package dev.gitvan.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class LogFileTest {
  @TempDir Path directory;

  @Test
  void isNotEvenOpenedForWhatIsBelowTheThreshold() {
    Path path = directory.resolve("logs/gitvan.log");

    new LogFile(path, Level.WARN).write(Level.INFO, "dev.gitvan.git", "opened", null);

    assertThat(path.getParent()).doesNotExist();
  }

  @Test
  void appendsALineAndTheStackTrace() throws Exception {
    Path path = directory.resolve("logs/gitvan.log");

    new LogFile(path, Level.WARN).write(Level.WARN, "a.b", "first", null);
    new LogFile(path, Level.WARN)
        .write(Level.ERROR, "a.b", "second", new IllegalStateException("broken"));

    assertThat(Files.readAllLines(path))
        .satisfies(lines -> assertThat(lines.get(0)).contains(" WARN ").endsWith(" a.b - first"))
        .anySatisfy(line -> assertThat(line).contains(" ERROR ").endsWith(" a.b - second"))
        .contains("java.lang.IllegalStateException: broken");
  }

  @Test
  void startsAnewWhenItHasGrown() throws Exception {
    Path path = directory.resolve("gitvan.log");
    Files.write(path, new byte[(int) LogFile.MAX_BYTES + 1]);

    new LogFile(path, Level.WARN).write(Level.WARN, "a", "fresh", null);

    assertThat(directory.resolve("gitvan.log.1")).hasSize(LogFile.MAX_BYTES + 1);
    assertThat(path).content().endsWith("fresh" + System.lineSeparator());
  }

  @Test
  void losesWhatCannotBeWritten() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    new LogFile(file.resolve("gitvan.log"), Level.WARN).write(Level.WARN, "a", "lost", null);

    assertThat(file).isEmptyFile();
  }

  @Test
  void collectsStrayPrintsLineByLine() {
    Path path = directory.resolve("gitvan.log");
    var stdout = StrayPrints.to(new LogFile(path, Level.WARN), "stdout");

    stdout.print("one");
    stdout.println(" line ü");

    assertThat(path).content().endsWith(" stdout - one line ü" + System.lineSeparator());
  }

  @Test
  void readsLevels() {
    assertThat(LogFile.level("debug")).isEqualTo(Level.DEBUG);
    assertThat(LogFile.level("loud")).isEqualTo(Level.WARN);
  }
}

package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.home.KeptFiles;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock over a repository's keys, between processes and within one. Held for the time of reading
 * and writing a small file; the system releases it when its process dies.
 */
final class KeyLock implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = 1_000_000;

  private final FileChannel channel;

  private KeyLock(FileChannel channel) {
    this.channel = channel;
  }

  static KeyLock of(RepositoryId repository) throws IOException {
    var file = KeyFiles.directory(repository).resolve("lock");
    var channel = new KeptFiles(repository.commonDir()).openLock(file);
    try {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (tryLock(channel) == null) {
        if (System.nanoTime() - end > 0) {
          throw GitVanException.of(
              Codes.LOCK_HELD,
              file.toString(),
              "another process has held it for 10 s",
              "Run it again. If that fails, look for a gitvan process that hangs.");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return new KeyLock(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held in this process, perhaps by another instance of the runner.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.gitvan.git.jgit.internal.objects;

import dev.gitvan.home.KeptFiles;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * Moves one ref of GitVan's own under Git's lock for it. The lock is a link to a file that names
 * its process, so that one that a killed process left is distinguished from all others, and is
 * removed.
 */
final class OwnRef {
  private static final String OWNER = "gitvan ";
  private static final int MAX_BYTES = 200;

  private final Path ref;
  private final Path lock;
  private final Path folder;
  private final KeptFiles files;

  /** Returns the object that the ref points to. */
  @FunctionalInterface
  interface Current {
    String id() throws IOException;
  }

  OwnRef(RepositoryId repository, String name) {
    this.ref = repository.commonDir().resolve(name);
    this.lock = repository.commonDir().resolve(name + ".lock");
    this.folder = repository.stateDir().resolve("cache");
    this.files = new KeptFiles(repository.commonDir());
  }

  boolean move(String expected, String next, Current current) throws IOException {
    files.createFolder(folder);
    Files.createDirectories(ref.getParent());
    var owner = folder.resolve(UUID.randomUUID() + ".owner");
    var draft = folder.resolve(UUID.randomUUID() + ".ref");
    try {
      Files.writeString(owner, self());
      if (!take(owner) && !(removeDeadLock() && take(owner))) {
        return false;
      }
      try {
        if (!Objects.equals(expected, current.id())) {
          return false;
        }
        Files.writeString(draft, next + "\n");
        Files.move(draft, ref, StandardCopyOption.ATOMIC_MOVE);
        return true;
      } finally {
        Files.deleteIfExists(lock);
      }
    } finally {
      Files.deleteIfExists(draft);
      Files.deleteIfExists(owner);
    }
  }

  private boolean take(Path owner) throws IOException {
    try {
      Files.createLink(lock, owner);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // No hard links here.
      try {
        Files.copy(owner, lock);
        return true;
      } catch (FileAlreadyExistsException taken) {
        return false;
      }
    }
  }

  /** One process at a time, so that nobody removes the lock that another has just taken. */
  private boolean removeDeadLock() throws IOException {
    try (var channel = files.openLock(folder.resolve("recovery.lock"));
        var alone = channel.tryLock()) {
      if (alone == null || !isDead(content(lock))) {
        return false;
      }
      Files.deleteIfExists(lock);
      sweep();
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** What a killed process left beside its lock. */
  private void sweep() throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*.owner")) {
      for (var file : files) {
        if (isDead(content(file))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private String content(Path file) throws IOException {
    return files
        .read(file, MAX_BYTES)
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
        .orElse("");
  }

  private static String self() {
    var process = ProcessHandle.current();
    return OWNER + process.pid() + " " + start(process);
  }

  private static boolean isDead(String owner) {
    var words = owner.strip().split(" ");
    if (!owner.startsWith(OWNER) || words.length != 3) {
      return false;
    }
    try {
      var process = ProcessHandle.of(Long.parseLong(words[1]));
      return process.isEmpty() || !start(process.get()).equals(words[2]);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String start(ProcessHandle process) {
    return process.info().startInstant().map(String::valueOf).orElse("unknown");
  }
}

package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.home.KeptFiles;
import dev.gitvan.job.Artifact;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers in {@code gitvan/outputs} of a worktree's Git directory what was written to which file,
 * as one digest of path and content a line. Whatever cannot be read or written there is forgotten;
 * no link is followed, and nothing but a regular file is opened. Safe for any thread and process.
 */
final class WrittenOutputs {
  /** A digest in hexadecimal and a line feed. */
  private static final int LINE = 65;

  /** Room for 130,000 outputs; half of them are forgotten then. */
  private static final int MAX_BYTES = 8 << 20;

  /** What is read at most: several processes may have added beyond the maximum. */
  private static final int LIMIT = 2 * MAX_BYTES;

  private final KeptFiles files;
  private final Path file;
  private final Set<String> known = new HashSet<>();
  private long read;

  WrittenOutputs(WorktreeId worktree) {
    this.files = new KeptFiles(worktree.gitDir());
    this.file = worktree.gitDir().resolve("gitvan").resolve("outputs");
  }

  /** Whether this content was written to this file. */
  synchronized boolean contains(String path, String sha256) {
    var line = line(path, sha256);
    if (!known.contains(line)) {
      try {
        readOn();
      } catch (IOException e) {
        return false;
      }
    }
    return known.contains(line);
  }

  /** Remembers an output. It is called before the output gets its name, in case of a crash. */
  synchronized void add(Artifact output) {
    var line = line(output.path(), output.sha256()) + "\n";
    try (var channel = files.openToAppend(file)) {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
      if (channel.size() > MAX_BYTES) {
        forgetOldest();
      }
    } catch (IOException | GitVanException e) {
      // The next run will ask before it replaces the file.
    }
  }

  /** Reads what others have added since. */
  private void readOn() throws IOException {
    if (!files.isFile(file)) {
      return;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.size() < read) {
        read = 0; // The oldest were forgotten.
      }
      channel.position(read);
      var bytes = Channels.newInputStream(channel).readNBytes(LIMIT);
      for (int i = 0; i + LINE <= bytes.length; i += LINE) {
        known.add(new String(bytes, i, LINE - 1, StandardCharsets.US_ASCII));
        read += LINE;
      }
    }
  }

  /** All are forgotten of a file that is larger than GitVan lets it become. */
  private void forgetOldest() throws IOException {
    var bytes = files.read(file, LIMIT).orElse(new byte[0]);
    files.replace(file, Arrays.copyOfRange(bytes, bytes.length / LINE / 2 * LINE, bytes.length));
  }

  private static String line(String path, String sha256) {
    return Sha256.hex((path + "\0" + sha256).getBytes(StandardCharsets.UTF_8));
  }
}

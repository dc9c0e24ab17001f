package dev.gitvan.git.jgit.internal.objects;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;

/**
 * Writes a blob over a damaged one. Inserters of Git and JGit leave alone what is there, whatever
 * it contains.
 */
final class LooseBlob {
  private LooseBlob() {}

  static ObjectId rewrite(Repository repository, byte[] content) throws IOException {
    ObjectId id;
    try (var formatter = new ObjectInserter.Formatter()) {
      id = formatter.idFor(Constants.OBJ_BLOB, content);
    }
    var folder =
        Path.of(repository.getCommonDirectory().getPath(), "objects", id.name().substring(0, 2));
    Files.createDirectories(folder);
    // A name that `git prune` knows as temporary.
    var draft = folder.resolve("tmp_obj_" + UUID.randomUUID());
    try {
      try (var out = new DeflaterOutputStream(Files.newOutputStream(draft))) {
        out.write(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        out.write(content);
      }
      Files.move(draft, folder.resolve(id.name().substring(2)), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    return id;
  }
}

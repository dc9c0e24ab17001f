package dev.gitvan.cache.git.internal;

import dev.gitvan.home.KeptFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The user's key, which proves that this user's GitVan wrote a cache's tree. A ref that was fetched
 * or pushed by somebody else carries no seal of this key.
 */
final class Secret {
  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final Path file;
  private volatile byte[] key;

  Secret(Path file) {
    this.file = file;
  }

  /** The seal of a tree: hexadecimal, the same for the same cache, schema and tree. */
  String seal(String cache, int schema, String tree) throws IOException {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      var text = "gitvan cache\0" + cache + "\0" + schema + "\0" + tree;
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has " + ALGORITHM, e);
    }
  }

  boolean fits(String seal, String cache, int schema, String tree) throws IOException {
    return MessageDigest.isEqual(
        seal.getBytes(StandardCharsets.US_ASCII),
        seal(cache, schema, tree).getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] key() throws IOException {
    var known = key;
    if (known == null) {
      known = read();
      key = known;
    }
    return known;
  }

  private byte[] read() throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? existing() : make();
  }

  private byte[] existing() throws IOException {
    return new KeptFiles(file.getParent())
        .read(file, BYTES)
        .filter(bytes -> bytes.length == BYTES)
        .orElseThrow(() -> new IOException(file + " is not a key; delete it"));
  }

  /** Whole before it has its name, and never over one that another process has just made. */
  private byte[] make() throws IOException {
    Files.createDirectories(file.getParent());
    var made = new byte[BYTES];
    new SecureRandom().nextBytes(made);
    var draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            draft,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(draft, made);
      try {
        Files.createLink(file, draft);
      } catch (UnsupportedOperationException e) {
        Files.copy(draft, file);
      }
      return made;
    } catch (FileAlreadyExistsException e) {
      return existing();
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}

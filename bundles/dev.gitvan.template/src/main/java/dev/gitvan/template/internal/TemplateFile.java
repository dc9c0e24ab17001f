package dev.gitvan.template.internal;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Utf8Text;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The content of a template file: bounded, and proved to be text. */
record TemplateFile(String text, String sha256) {
  private static final int MAX_BYTES = 8 << 20;

  /**
   * Reads a file.
   *
   * @param file without symbolic links
   * @param name how errors name it
   * @throws GitVanException {@code CONFIG_TOO_LARGE}, {@code CONFIG_ENCODING}
   */
  static TemplateFile read(Path file, String name) throws IOException {
    byte[] bytes;
    try (var channel =
            Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        var in = Channels.newInputStream(channel)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw GitVanException.of(
          Codes.CONFIG_TOO_LARGE,
          name,
          "the template is over " + Quantities.format(MAX_BYTES) + ", the limit",
          "Split it and include the parts.");
    }
    return new TemplateFile(decode(bytes, name), Sha256.hex(bytes));
  }

  private static String decode(byte[] bytes, String name) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw notText(name, "a NUL byte", i);
      }
    }
    return Utf8Text.decode(bytes, offset -> notText(name, "invalid UTF-8", offset));
  }

  private static GitVanException notText(String name, String what, int offset) {
    return GitVanException.of(
        Codes.CONFIG_ENCODING,
        name,
        "the template has " + what + " at byte " + offset,
        "Save it as UTF-8 text.");
  }
}

package dev.gitvan.config.internal.document;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Utf8Text;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Turns a document's bytes into text, strictly. */
final class DocumentText {
  private DocumentText() {}

  /** The text without its byte order mark. */
  static String decode(byte[] bytes, String name) {
    int start = Utf8Text.markLength(bytes);
    if (isAscii(bytes, start)) {
      return new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
    }
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] >= 0 && isForbidden(bytes[i])) {
        throw forbidden(bytes, i, name);
      }
    }
    return Utf8Text.decode(
        bytes, offset -> problem(name, "invalid UTF-8 at byte offset " + offset, remedy(bytes)));
  }

  /** The complaint about the first character that YAML does not allow. */
  static GitVanException unprintable(String text, String name) {
    int at = 0;
    while (at < text.length() && StreamReader.isPrintable(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    var what =
        at == text.length()
            ? "a character that YAML does not allow"
            : String.format("the control character U+%04X", text.codePointAt(at));
    int offset = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
    return problem(name, what + " at byte offset " + offset, "Remove it.");
  }

  /** Whether all is printable ASCII, which most files are: no decoder is needed then. */
  private static boolean isAscii(byte[] bytes, int start) {
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] < 0 || isForbidden(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isForbidden(byte b) {
    return b < ' ' && b != '\t' && b != '\n' && b != '\r' || b == 0x7f;
  }

  private static GitVanException forbidden(byte[] bytes, int at, String name) {
    var what = bytes[at] == 0 ? "a NUL byte" : String.format("the control byte 0x%02x", bytes[at]);
    return problem(name, what + " at byte offset " + at, remedy(bytes));
  }

  private static GitVanException problem(String name, String what, String remedy) {
    return GitVanException.of(Codes.CONFIG_ENCODING, name, what, remedy);
  }

  private static String remedy(byte[] bytes) {
    boolean utf16 =
        bytes.length > 1
            && (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe
                || bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff);
    return utf16 ? "It looks like UTF-16: save the file as UTF-8." : "Save the file as UTF-8 text.";
  }
}

package dev.gitvan.config.internal.document;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Turns a document's bytes into text, strictly. */
final class DocumentText {
  private DocumentText() {}

  /** The text without its byte order mark. */
  static String decode(byte[] bytes, String name) {
    int start = hasByteOrderMark(bytes) ? 3 : 0;
    if (isAscii(bytes, start)) {
      return new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
    }
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] >= 0 && isForbidden(bytes[i])) {
        throw forbidden(bytes, i, name);
      }
    }
    var in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    var out = CharBuffer.allocate(bytes.length - start);
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    if (decoder.decode(in, out, true).isError()) {
      throw problem(name, "invalid UTF-8 at byte offset " + in.position(), remedy(bytes));
    }
    return out.flip().toString();
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

  private static boolean hasByteOrderMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }
}

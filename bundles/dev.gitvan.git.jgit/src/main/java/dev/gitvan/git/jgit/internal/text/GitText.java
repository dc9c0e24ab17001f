package dev.gitvan.git.jgit.internal.text;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * How Git's bytes become strings, decided once for each kind.
 *
 * <ul>
 *   <li>Names: refs, paths, lines of notes. Git compares their bytes, and they are UTF-8 nearly
 *       always. A byte that is not becomes a lone surrogate, U+DC80 to U+DCFF, so that {@link
 *       #bytes} returns what was read. {@link #shown} is for people.
 *   <li>Prose: messages, identities, reflogs, configuration. UTF-8 unless a header names another
 *       encoding. A byte that is not UTF-8 is a character of Latin-1, which is what Git makes of it
 *       when it commits (git:commit.c, verify_utf8).
 *   <li>Raw: bytes in the form of a string, one character each, to be sorted or copied.
 * </ul>
 */
public final class GitText {
  private static final char REPLACEMENT = '\ufffd';
  private static final int ESCAPE = 0xdc00;

  private GitText() {}

  /** A name. */
  public static String name(byte[] bytes) {
    return decode(bytes, 0, bytes.length, b -> String.valueOf((char) (ESCAPE + b)));
  }

  /** The bytes of a name. */
  public static byte[] bytes(String name) {
    if (isUtf8(name)) {
      return name.getBytes(StandardCharsets.UTF_8);
    }
    var out = new ByteArrayOutputStream(name.length() * 2);
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int point = name.codePointAt(i);
      if (isEscape(point)) {
        out.write(point - ESCAPE);
      } else {
        out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** Whether the bytes of a name were UTF-8. */
  public static boolean isUtf8(String name) {
    return name.codePoints().noneMatch(GitText::isEscape);
  }

  /** A name for people: {@code \xHH} for each byte that is not UTF-8. */
  public static String shown(String name) {
    if (isUtf8(name)) {
      return name;
    }
    var text = new StringBuilder();
    name.codePoints()
        .forEach(
            point -> {
              if (isEscape(point)) {
                text.append("\\x%02x".formatted(point - ESCAPE));
              } else {
                text.appendCodePoint(point);
              }
            });
    return text.toString();
  }

  /** The file of a name, whatever its bytes. */
  public static Path file(Path folder, String name) {
    if (isUtf8(name)) {
      return folder.resolve(name);
    }
    // Java makes a path of any bytes from a URI only.
    var uri = new StringBuilder(folder.toUri().toString());
    for (byte b : bytes("/" + name)) {
      uri.append("%%%02x".formatted(b));
    }
    return Path.of(URI.create(uri.toString()));
  }

  /** The name of a path, whatever its bytes. */
  public static String name(Path path) {
    var text = path.toString();
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    var uri = Path.of("/").resolve(path).toUri().getRawPath();
    var bytes = new ByteArrayOutputStream(uri.length());
    for (int i = path.isAbsolute() ? 0 : 1; i < uri.length(); i++) {
      boolean escaped = uri.charAt(i) == '%';
      bytes.write(escaped ? Integer.parseInt(uri, i + 1, i + 3, 16) : uri.charAt(i));
      i += escaped ? 2 : 0;
    }
    var name = name(bytes.toByteArray());
    // Java marks folders.
    return name.endsWith("/") && !text.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean isEscape(int point) {
    return point >= ESCAPE + 0x80 && point <= ESCAPE + 0xff;
  }

  /** Prose in UTF-8. */
  public static String prose(byte[] bytes) {
    return prose(bytes, 0, bytes.length);
  }

  /** A part of a string, prose in UTF-8. */
  public static String prose(byte[] bytes, int from, int to) {
    return decode(bytes, from, to, b -> String.valueOf((char) b));
  }

  /**
   * Prose in the encoding that a header names; in UTF-8 if that is unknown, or if the bytes are not
   * valid in it.
   */
  public static String prose(byte[] bytes, int from, int to, String encoding) {
    try {
      // A name that Git knows in addition to those of iconv (git:utf8.c, fallback_encoding).
      var known = encoding.equalsIgnoreCase("latin-1") ? "ISO-8859-1" : encoding;
      return Charset.forName(known)
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return prose(bytes, from, to);
    }
  }

  /** Bytes in the form of a string. */
  public static String raw(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The bytes that have the form of a string. */
  public static byte[] raw(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String decode(byte[] bytes, int from, int to, IntFunction<String> otherwise) {
    var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes, from, to - from);
    var valid = CharBuffer.allocate(to - from);
    var out = new StringBuilder(to - from);
    while (true) {
      var result = decoder.decode(in, valid, true);
      out.append(valid.flip());
      valid.clear();
      if (result.isUnderflow()) {
        return out.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.append(otherwise.apply(in.get() & 0xff));
      }
      decoder.reset();
    }
  }
}

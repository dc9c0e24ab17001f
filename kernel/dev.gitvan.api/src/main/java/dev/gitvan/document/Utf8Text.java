package dev.gitvan.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Decodes text files: strict UTF-8, where a byte order mark at the beginning is not part of the
 * text. Every reader of text files uses it, so that a file means the same to all of them. Safe for
 * any thread.
 */
public final class Utf8Text {
  private static final int MARK_LENGTH = 3;

  private Utf8Text() {}

  /**
   * Decodes a file.
   *
   * @param bytes the whole file
   * @param invalid makes the exception for bytes that are not UTF-8, given the offset of the first
   * @return the text without its byte order mark
   * @throws X if a byte is not UTF-8
   */
  public static <X extends Exception> String decode(byte[] bytes, IntFunction<X> invalid) throws X {
    int start = markLength(bytes);
    var in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    var out = CharBuffer.allocate(bytes.length - start);
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    if (decoder.decode(in, out, true).isError()) {
      throw invalid.apply(in.position());
    }
    return out.flip().toString();
  }

  /** The length in bytes of the byte order mark that a file begins with; 0 if there is none. */
  public static int markLength(byte[] bytes) {
    return bytes.length >= MARK_LENGTH
            && bytes[0] == (byte) 0xef
            && bytes[1] == (byte) 0xbb
            && bytes[2] == (byte) 0xbf
        ? MARK_LENGTH
        : 0;
  }
}

package dev.gitvan.shell.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes UTF-8 and escapes what must not reach a terminal; see {@link TerminalText}. Everything that
 * verbs print passes here. A character or a mark that is split over two writes is kept until its
 * rest arrives, or the stream is flushed. Thread-safe.
 */
final class EscapingOutput extends OutputStream {
  private final OutputStream target;
  private byte[] pending = {};

  EscapingOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (pending.length == 0) {
      escape(bytes, offset, offset + length, false);
    } else {
      var all = Arrays.copyOf(pending, pending.length + length);
      System.arraycopy(bytes, offset, all, pending.length, length);
      pending = new byte[0];
      escape(all, 0, all.length, false);
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    var rest = pending;
    pending = new byte[0];
    escape(rest, 0, rest.length, true);
    target.flush();
  }

  private void escape(byte[] bytes, int from, int to, boolean last) throws IOException {
    int start = from;
    for (int i = from; i < to; ) {
      int needed = needed(bytes[i]);
      if (needed == 0) {
        i++;
        continue;
      }
      if (i + needed > to && !last) {
        pending = Arrays.copyOfRange(bytes, i, to);
        to = i;
        break;
      }
      var window = new String(bytes, i, Math.min(needed, to - i), StandardCharsets.UTF_8);
      char c = window.charAt(0);
      if (TerminalText.isMark(window, 0)) {
        target.write(bytes, start, i - start);
        write(TerminalText.sequence(window, 0));
        i += TerminalText.MARK_LENGTH;
        start = i;
      } else if (TerminalText.isUnsafe(c) && !window.equals("\r\n")) {
        target.write(bytes, start, i - start);
        write(TerminalText.escaped(c));
        i += String.valueOf(c).getBytes(StandardCharsets.UTF_8).length;
        start = i;
      } else {
        i++;
      }
    }
    target.write(bytes, start, to - start);
  }

  /** How many bytes decide about the character that begins with a byte; 0 if it is harmless. */
  private static int needed(byte b) {
    return switch (b & 0xff) {
      case '\n', '\t' -> 0;
      case 0x1b -> TerminalText.MARK_LENGTH;
      case '\r', 0xc2, 0xd8 -> 2; // U+0080 and following, U+061C
      case 0xe2 -> 3; // U+2000 and following
      default -> b >= 0 && b < ' ' || b == 0x7f ? 1 : 0;
    };
  }

  private void write(String text) throws IOException {
    target.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

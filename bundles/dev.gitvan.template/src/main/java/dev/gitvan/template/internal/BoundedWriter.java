package dev.gitvan.template.internal;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.io.Writer;

/**
 * Counts the UTF-8 bytes of one output on their way to another writer, and ends the rendering when
 * they are too many or the thread is interrupted.
 */
final class BoundedWriter extends Writer {
  private final Writer out;
  private final String name;
  private final long limit;
  private long bytes;

  /**
   * @param name the template, for errors
   * @param limit bytes
   */
  BoundedWriter(Writer out, String name, long limit) {
    this.out = out;
    this.name = name;
    this.limit = limit;
  }

  @Override
  public void write(int c) throws IOException {
    count(utf8Length((char) c));
    out.write(c);
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    long added = length;
    for (int i = from; i < from + length; i++) {
      if (text[i] >= 0x80) {
        added += utf8Length(text[i]) - 1;
      }
    }
    count(added);
    out.write(text, from, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    long added = length;
    for (int i = from; i < from + length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        added += utf8Length(c) - 1;
      }
    }
    count(added);
    out.write(text, from, length);
  }

  private void count(long added) {
    bytes += added;
    if (bytes > limit) {
      throw GitVanException.of(
          Codes.TEMPLATE_OUTPUT_LIMIT,
          name,
          "the output is over " + Quantities.format(limit) + ", the limit",
          "Reduce the output or raise templates.max-output.");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw GitVanException.of(Codes.INTERRUPTED, name, "rendering was interrupted", "");
    }
  }

  /** A pair of surrogates is four bytes: two for each. */
  private static int utf8Length(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

package dev.gitvan.template.internal;

import java.io.Writer;
import java.util.Arrays;

/** A {@link java.io.StringWriter} without its lock, and without looking at each character twice. */
final class TextWriter extends Writer {
  private char[] text = new char[8192];
  private int length;

  @Override
  public void write(int c) {
    room(1);
    text[length++] = (char) c;
  }

  @Override
  public void write(char[] chars, int from, int count) {
    room(count);
    System.arraycopy(chars, from, text, length, count);
    length += count;
  }

  @Override
  public void write(String string, int from, int count) {
    room(count);
    string.getChars(from, from + count, text, length);
    length += count;
  }

  private void room(int count) {
    if (length + count > text.length) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + count));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return new String(text, 0, length);
  }
}

package dev.gitvan.template.internal;

import java.io.Writer;

/** A {@link java.io.StringWriter} without its lock. */
final class TextWriter extends Writer {
  private final StringBuilder text = new StringBuilder(1024);

  @Override
  public void write(int c) {
    text.append((char) c);
  }

  @Override
  public void write(char[] chars, int from, int length) {
    text.append(chars, from, length);
  }

  @Override
  public void write(String string, int from, int length) {
    text.append(string, from, from + length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}

package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.writer.SpecializedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Where a template writes to: the output, or memory. Counts what it takes. For one thread. */
abstract class TemplateWriter extends Writer implements SpecializedWriter {
  private char[] buffer;
  private int held;

  TemplateWriter(int size) {
    buffer = new char[size];
  }

  /** Takes what the buffer held, or reports that it is too much. */
  abstract void drain(char[] text, int length) throws IOException;

  /** Hands on what the buffer holds. */
  final void drain() throws IOException {
    int length = held;
    held = 0;
    drain(buffer, length);
  }

  @Override
  public final void write(int c) throws IOException {
    if (held == buffer.length) {
      drain();
    }
    buffer[held++] = (char) c;
  }

  @Override
  public final void write(char[] text, int from, int length) throws IOException {
    int done = 0;
    while (length - done > buffer.length - held) {
      int part = buffer.length - held;
      System.arraycopy(text, from + done, buffer, held, part);
      held += part;
      done += part;
      drain();
    }
    System.arraycopy(text, from + done, buffer, held, length - done);
    held += length - done;
  }

  @Override
  public final void write(String text) throws IOException {
    write(text, 0, text.length());
  }

  @Override
  public final void write(String text, int from, int length) throws IOException {
    int done = 0;
    while (length - done > buffer.length - held) {
      int part = buffer.length - held;
      text.getChars(from + done, from + done + part, buffer, held);
      held += part;
      done += part;
      drain();
    }
    text.getChars(from + done, from + length, buffer, held);
    held += length - done;
  }

  /** Writes a value as templates print it; a list or map as {@code [a, b]} and {@code {k=v}}. */
  final void print(Object value) throws IOException {
    if (value instanceof String text) {
      write(text, 0, text.length());
    } else if (value instanceof Long number && number >= 0) {
      printDigits(number);
    } else if (value instanceof List<?> list) {
      print(list);
    } else if (value instanceof Map<?, ?> map) {
      print(map);
    } else if (value instanceof Map.Entry<?, ?> entry) {
      print(entry);
    } else if (value instanceof BigDecimal number) {
      write(number.toPlainString());
    } else {
      write(value.toString());
    }
  }

  /** Most numbers are small; a string for each of them costs more than to write it. */
  private void printDigits(long number) throws IOException {
    if (number >= 10) {
      printDigits(number / 10);
    }
    write('0' + (int) (number % 10));
  }

  private void print(List<?> list) throws IOException {
    write('[');
    boolean first = true;
    for (var item : list) {
      if (!first) {
        write(", ");
      }
      first = false;
      print(item == null ? "null" : item);
    }
    write(']');
  }

  private void print(Map<?, ?> map) throws IOException {
    write('{');
    boolean first = true;
    for (var entry : map.entrySet()) {
      if (!first) {
        write(", ");
      }
      first = false;
      print(entry);
    }
    write('}');
  }

  private void print(Map.Entry<?, ?> entry) throws IOException {
    print(entry.getKey() == null ? "null" : entry.getKey());
    write('=');
    print(entry.getValue() == null ? "null" : entry.getValue());
  }

  /** A template cannot make the output be written sooner. */
  @Override
  public final void flush() {}

  @Override
  public final void close() {}

  // Pebble's own nodes print through these.

  @Override
  public final void write(Object value) {
    try {
      print(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final void writeSpecialized(int i) {
    write((Object) Integer.toString(i));
  }

  @Override
  public final void writeSpecialized(long l) {
    write((Object) Long.toString(l));
  }

  @Override
  public final void writeSpecialized(double d) {
    write((Object) Double.toString(d));
  }

  @Override
  public final void writeSpecialized(float f) {
    write((Object) Float.toString(f));
  }

  @Override
  public final void writeSpecialized(short s) {
    write((Object) Short.toString(s));
  }

  @Override
  public final void writeSpecialized(byte b) {
    write((Object) Byte.toString(b));
  }

  @Override
  public final void writeSpecialized(char c) {
    write((Object) Character.toString(c));
  }

  @Override
  public final void writeSpecialized(String s) {
    write((Object) s);
  }
}

package dev.gitvan.template.pebble.internal;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Holds what a macro, block or filter tag gives, up to a limit. */
final class MemoryWriter extends TemplateWriter {
  private final Rendering rendering;
  private final StringBuilder text = new StringBuilder();

  MemoryWriter(Rendering rendering) {
    super(256);
    this.rendering = rendering;
  }

  @Override
  void drain(char[] chars, int length) {
    if (length > 0) {
      rendering.wrote();
    }
    rendering.checkHeld((long) text.length() + length);
    text.append(chars, 0, length);
  }

  /** Everything that was written. */
  String text() {
    try {
      drain();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}

package dev.gitvan.template.pebble.internal;

import java.io.IOException;
import java.io.Writer;

/** The output of a rendering, handed on in pieces; each looks whether to go on. */
final class OutputWriter extends TemplateWriter {
  private static final int PIECE = 4096;

  private final Rendering rendering;
  private final Writer out;
  private long written;

  OutputWriter(Rendering rendering, Writer out) {
    super(PIECE);
    this.rendering = rendering;
    this.out = out;
  }

  @Override
  void drain(char[] text, int length) throws IOException {
    rendering.wrote();
    written += length;
    // A character is a byte at least: the caller counts bytes, here the place is known.
    rendering.checkOutput(written);
    out.write(text, 0, length);
  }
}

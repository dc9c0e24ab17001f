package dev.gitvan.template.internal;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A template's output, for the files of its plan. For one thread. */
final class RenderedBody {
  /** What is appended or injected is held in memory. */
  private static final int MAX_BYTES = 8 << 20;

  private final String template;
  private final OutputFile.Content content;
  private byte[] held;

  RenderedBody(String template, OutputFile.Content content) {
    this.template = template;
    this.content = content;
  }

  /** The output, rendered again whenever it is written. */
  OutputFile.Bytes streamed() {
    return held == null ? OutputFile.encoded(content) : out -> out.write(held);
  }

  /** The output in memory, rendered once. */
  byte[] held() {
    if (held == null) {
      var out = new ByteArrayOutputStream();
      try {
        OutputFile.encoded(content).writeTo(new Bounded(out));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      held = out.toByteArray();
    }
    return held;
  }

  private final class Bounded extends java.io.FilterOutputStream {
    private long size;

    Bounded(ByteArrayOutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      size += length;
      if (size > MAX_BYTES) {
        throw GitVanException.of(
            Codes.TEMPLATE_OUTPUT_LIMIT,
            template,
            "the output is over "
                + Quantities.format(MAX_BYTES)
                + ", the limit for appended or injected output",
            "Reduce the output, or write it to a file of its own.");
      }
      out.write(bytes, from, length);
    }
  }
}

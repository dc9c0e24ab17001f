package dev.gitvan.template.internal.rendered;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * One rendering that is observed, so that its output may be kept. Tell what is loaded, {@link
 * #observe} the data, let it write to {@link #writer}, then {@link #keep}. For one thread.
 */
public final class Watched {
  private final RenderedOutputs outputs;
  private final Trace known;
  private final Observation observation;
  private final Copy copy;

  /**
   * @param found what was looked at before, in the data that will be observed
   */
  public Watched(RenderedOutputs outputs, RenderedOutputs.Found found, Writer out) {
    this.outputs = outputs;
    this.known = found.trace();
    this.observation = new Observation(found.values());
    this.copy = new Copy(out);
  }

  /** Data, to be given to the template. */
  public Map<String, Object> observe(Map<String, ?> data) {
    observation.data(data);
    return new ObservedData(data, observation);
  }

  /** The writer, for the template. */
  public Writer writer() {
    return copy;
  }

  /** A template was loaded. */
  public void loaded(String name, String identity) {
    observation.template(name, identity);
  }

  /** A contributed filter or function was called whose results are reproducible. */
  public void called(Read.Kind kind, String name, String identity) {
    observation.extension(kind, name, identity);
  }

  /** Something was called whose results may be others another time. */
  public void calledUnreproducible() {
    observation.refuse();
  }

  /** A template could not be loaded: whatever comes out now, another time may be another. */
  public void notLoaded() {
    observation.spoil();
  }

  /**
   * Keeps the output of a rendering that has ended well.
   *
   * @param name the template's, as the loader calls it
   */
  public void keep(String name) {
    outputs.keep(observation, name, known, copy.bytes());
  }

  /** Hands on what is written and copies it, as long as it is not too much. */
  private static final class Copy extends Writer {
    private final Writer out;
    private char[] text = new char[1024];
    private int length;

    Copy(Writer out) {
      this.out = out;
    }

    @Override
    public void write(char[] chars, int from, int count) throws IOException {
      out.write(chars, from, count);
      if (hasRoom(count)) {
        System.arraycopy(chars, from, text, length, count);
        length += count;
      }
    }

    @Override
    public void write(String string, int from, int count) throws IOException {
      out.write(string, from, count);
      if (hasRoom(count)) {
        string.getChars(from, from + count, text, length);
        length += count;
      }
    }

    @Override
    public void write(int c) throws IOException {
      out.write(c);
      if (hasRoom(1)) {
        text[length++] = (char) c;
      }
    }

    private boolean hasRoom(int count) {
      if (text == null) {
        return false;
      }
      if (length + count > RenderedOutputs.MAX_OUTPUT) {
        text = null;
        return false;
      }
      if (length + count > text.length) {
        text = Arrays.copyOf(text, Math.max(text.length * 2, length + count));
      }
      return true;
    }

    /** The output as UTF-8; null when it is too large, or is not the same once it is read again. */
    byte[] bytes() {
      if (text == null) {
        return null;
      }
      try {
        ByteBuffer encoded =
            StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .encode(CharBuffer.wrap(text, 0, length));
        return encoded.remaining() > RenderedOutputs.MAX_OUTPUT
            ? null
            : Arrays.copyOf(encoded.array(), encoded.remaining());
      } catch (CharacterCodingException e) {
        return null;
      }
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
}

package dev.gitvan.template.mustache.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.io.Writer;

/**
 * The output, handed on in pieces; each looks whether to go on. Lines of an indented partial begin
 * with its indentation. For one thread.
 */
final class Output {
  private static final int PIECE = 4096;

  private final Writer out;
  private final String template;
  private final StringBuilder buffer = new StringBuilder(PIECE);
  private String indent = "";
  private boolean lineBegins = true;
  private boolean written;

  /**
   * @param template how errors name it
   */
  Output(Writer out, String template) {
    this.out = out;
    this.template = template;
  }

  /** Sets what the lines begin with from here on; gives what they began with before. */
  String indent(String next) {
    var before = indent;
    indent = next;
    return before;
  }

  String indent() {
    return indent;
  }

  /** Writes a template's text: its lines are indented. */
  void text(String text) throws IOException {
    if (indent.isEmpty()) {
      append(text, 0, text.length());
      return;
    }
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start) + 1;
      int next = end == 0 ? text.length() : end;
      if (lineBegins && text.charAt(start) != '\n' && !text.startsWith("\r\n", start)) {
        append(indent, 0, indent.length());
      }
      append(text, start, next);
      start = next;
    }
  }

  /** Writes a value: whatever lines it has are its own. */
  void value(CharSequence value) throws IOException {
    if (lineBegins && !indent.isEmpty() && value.length() > 0) {
      append(indent, 0, indent.length());
    }
    append(value, 0, value.length());
  }

  private void append(CharSequence text, int from, int to) throws IOException {
    if (from == to) {
      return;
    }
    written = true;
    lineBegins = text.charAt(to - 1) == '\n';
    for (int start = from; start < to; ) {
      int end = Math.min(to, start + PIECE - buffer.length());
      buffer.append(text, start, end);
      start = end;
      if (buffer.length() == PIECE) {
        flush();
      }
    }
  }

  /** Whether anything was written since this was last asked. */
  boolean hasWritten() {
    boolean since = written;
    written = false;
    return since;
  }

  /** Hands on what is held. */
  void flush() throws IOException {
    checkInterrupted();
    out.append(buffer);
    buffer.setLength(0);
  }

  void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw GitVanException.of(Codes.INTERRUPTED, template, "rendering was interrupted", "");
    }
  }
}

package dev.gitvan.template.mustache.internal;

import dev.gitvan.template.spi.TemplateLoader.Source;

/** Finds the tags of a template, one after the other. */
final class Tags {
  private static final String KINDS = "#^/>{&!=<$";
  private static final String STANDALONE = "#^/>!=<$";

  private final Source source;
  private final String text;
  private String opening = "{{";
  private String closing = "}}";
  private int counted;
  private int line;

  Tags(Source source) {
    this.source = source;
    this.text = source.text();
    this.line = source.firstLine();
  }

  /**
   * A tag.
   *
   * @param kind its first character; a space for a plain variable
   * @param content without what makes it a tag and without space around it
   * @param from where the text before it ends; the line's beginning if it is alone in it
   * @param to where the text after it begins
   * @param indent what stands before it in its line, if it is alone in it; else empty
   */
  record Tag(char kind, String content, int from, int to, String indent, int line) {}

  /**
   * The first tag from a position on; null when there is none.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_SYNTAX}
   */
  Tag next(int position) {
    int from = text.indexOf(opening, position);
    if (from < 0) {
      return null;
    }
    count(from);
    int inner = from + opening.length();
    while (inner < text.length() && Character.isWhitespace(text.charAt(inner))) {
      inner++;
    }
    char kind =
        inner < text.length() && KINDS.indexOf(text.charAt(inner)) >= 0 ? text.charAt(inner) : ' ';
    var end = (kind == '{' ? "}" : kind == '=' ? "=" : "") + closing;
    int contentFrom = kind == ' ' ? inner : inner + 1;
    int contentTo = text.indexOf(end, contentFrom);
    if (contentTo < 0) {
      throw Failure.syntax(
          source.name(),
          line,
          "unclosed " + opening + (kind == ' ' ? "" : kind),
          "Close it with " + end + ".");
    }
    var content = text.substring(contentFrom, contentTo).strip();
    if (kind == '=') {
      changeDelimiters(content);
    } else if (kind != '!' && content.contains(opening)) {
      throw Failure.syntax(
          source.name(), line, "unclosed " + opening, "Close it with " + end + ".");
    }
    int to = contentTo + end.length();
    return STANDALONE.indexOf(kind) >= 0
        ? tag(kind, content, from, to)
        : new Tag(kind, content, from, to, "", line);
  }

  private Tag tag(char kind, String content, int from, int to) {
    int lineFrom = text.lastIndexOf('\n', from - 1) + 1;
    int lineTo = text.indexOf('\n', to);
    boolean alone = isBlank(lineFrom, from) && isBlank(to, lineTo < 0 ? text.length() : lineTo);
    if (!alone) {
      return new Tag(kind, content, from, to, "", line);
    }
    return new Tag(
        kind,
        content,
        lineFrom,
        lineTo < 0 ? text.length() : lineTo + 1,
        text.substring(lineFrom, from),
        line);
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\t' && !(c == '\r' && i == to - 1)) {
        return false;
      }
    }
    return true;
  }

  private void changeDelimiters(String content) {
    var both = content.split("\\s+");
    if (both.length != 2 || content.contains("=")) {
      throw Failure.syntax(
          source.name(),
          line,
          "'" + content + "' is not a pair of delimiters",
          "Write for example {{=<% %>=}}.");
    }
    opening = both[0];
    closing = both[1];
  }

  private void count(int position) {
    for (int i = counted; i < position; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    counted = position;
  }
}

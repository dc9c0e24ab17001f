package dev.gitvan.template.mustache.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.TemplateLoader.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Parses a template, as the <a href="https://github.com/mustache/spec">specification</a> has it: a
 * tag that is alone in its line, and prints nothing itself, takes the line with it.
 */
final class Parser {
  /** Sections in sections; rendering them takes stack. */
  static final int MAX_DEPTH = 200;

  private final Source source;
  private final Tags tags;
  private final Deque<Open> open = new ArrayDeque<>();
  private List<Node> nodes = new ArrayList<>();

  private Parser(Source source) {
    this.source = source;
    this.tags = new Tags(source);
  }

  /** A section that has begun, and what stands before it. */
  private record Open(Tags.Tag tag, List<Node> before) {}

  /**
   * Parses a source.
   *
   * @throws GitVanException {@code TEMPLATE_SYNTAX}, {@code TEMPLATE_DEPTH}
   */
  static ParsedTemplate parse(Source source) {
    return new ParsedTemplate(source.name(), new Parser(source).parse());
  }

  private List<Node> parse() {
    int position = 0;
    for (var tag = tags.next(position); tag != null; tag = tags.next(position)) {
      text(position, tag.from());
      position = tag.to();
      add(tag);
    }
    text(position, source.text().length());
    if (!open.isEmpty()) {
      var tag = open.peek().tag();
      throw Failure.syntax(
          source.name(),
          tag.line(),
          "unclosed {{" + tag.kind() + tag.content() + "}}",
          "Close it with {{/" + tag.content() + "}}.");
    }
    return List.copyOf(nodes);
  }

  private void text(int from, int to) {
    if (from < to) {
      nodes.add(new Node.Text(source.text().substring(from, to)));
    }
  }

  private void add(Tags.Tag tag) {
    switch (tag.kind()) {
      case '!', '=' -> {}
      case '#', '^' -> begin(tag);
      case '/' -> end(tag);
      case '>' -> partial(tag);
      case '{', '&' -> nodes.add(new Node.Variable(name(tag), false, tag.line()));
      case '<', '$' ->
          throw Failure.syntax(
              source.name(),
              tag.line(),
              "{{" + tag.kind() + " }} is an extension of Mustache that is not supported",
              "Use partials: {{> name}}.");
      default -> nodes.add(new Node.Variable(name(tag), true, tag.line()));
    }
  }

  private void begin(Tags.Tag tag) {
    name(tag);
    if (open.size() == MAX_DEPTH) {
      throw GitVanException.of(
          Codes.TEMPLATE_DEPTH,
          Failure.place(source.name(), tag.line()),
          "sections are nested over " + MAX_DEPTH + " deep, the limit",
          "Nest less.");
    }
    open.push(new Open(tag, nodes));
    nodes = new ArrayList<>();
  }

  private void end(Tags.Tag tag) {
    if (open.isEmpty()) {
      throw Failure.syntax(
          source.name(),
          tag.line(),
          "{{/" + tag.content() + "}} without a section that it ends",
          "Remove it or begin the section before it.");
    }
    var begun = open.pop();
    if (!begun.tag().content().equals(tag.content())) {
      throw Failure.syntax(
          source.name(),
          begun.tag().line(),
          "unclosed {{" + begun.tag().kind() + begun.tag().content() + "}}",
          "Close it with {{/"
              + begun.tag().content()
              + "}} before the {{/"
              + tag.content()
              + "}} in line "
              + tag.line()
              + ".");
    }
    var body = List.copyOf(nodes);
    nodes = begun.before();
    nodes.add(
        new Node.Section(name(begun.tag()), begun.tag().kind() == '^', body, begun.tag().line()));
  }

  private void partial(Tags.Tag tag) {
    if (tag.content().startsWith("*")) {
      throw Failure.syntax(
          source.name(),
          tag.line(),
          "{{>* }} is an extension of Mustache that is not supported",
          "Name the template.");
    }
    if (tag.content().isEmpty()) {
      throw Failure.syntax(
          source.name(), tag.line(), "a partial without a name", "Write {{> name}}.");
    }
    nodes.add(new Node.Partial(tag.content(), tag.indent(), tag.line()));
  }

  private Name name(Tags.Tag tag) {
    var name = Name.of(tag.content());
    if (!name.isValid()) {
      throw Failure.syntax(
          source.name(),
          tag.line(),
          tag.content().isEmpty() ? "a tag without a name" : tag.content() + " is no name",
          "Write it like {{name}} or {{name.of.what}}.");
    }
    return name;
  }
}

package dev.gitvan.template.mustache.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.TemplateLoader.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Parses a template, as the <a href="https://github.com/mustache/spec">specification</a> has it: a
 * tag that is alone in its line, and prints nothing itself, takes the line with it.
 */
final class Parser {
  /** Sections in sections; rendering them takes stack. */
  static final int MAX_DEPTH = 200;

  private static final String EXAMPLE = "Write for example {{name}} or {{object.name}}.";

  private final Source source;
  private final Tags tags;
  private final Consumer<GitVanException> problems;
  private final Deque<Open> open = new ArrayDeque<>();
  private List<Node> nodes = new ArrayList<>();

  private Parser(Source source, Consumer<GitVanException> problems) {
    this.source = source;
    this.tags = new Tags(source);
    this.problems = problems;
  }

  /** A section that has begun, and what stands before it. */
  private record Open(Tags.Tag tag, Name name, List<Node> before) {}

  /**
   * Parses a source.
   *
   * @throws GitVanException {@code TEMPLATE_SYNTAX}, {@code TEMPLATE_DEPTH}
   */
  static ParsedTemplate parse(Source source) {
    return parse(
        source,
        problem -> {
          throw problem;
        });
  }

  /**
   * As {@link #parse(Source)}, for everything that is wrong.
   *
   * @param problems takes what does not keep the parser from going on
   */
  static ParsedTemplate parse(Source source, Consumer<GitVanException> problems) {
    return new ParsedTemplate(source.name(), new Parser(source, problems).parse());
  }

  private List<Node> parse() {
    int position = 0;
    for (var tag = tags.next(position); tag != null; tag = tags.next(position)) {
      text(position, tag.from());
      position = tag.to();
      add(tag);
    }
    text(position, source.text().length());
    for (var section : open) {
      var tag = section.tag();
      problem(
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
          problem(
              tag.line(),
              "{{" + tag.kind() + " }} is an extension of Mustache that is not supported",
              "Use partials: {{> name}}.");
      default -> nodes.add(new Node.Variable(name(tag), true, tag.line()));
    }
  }

  private void begin(Tags.Tag tag) {
    if (open.size() == MAX_DEPTH) {
      throw GitVanException.of(
          Codes.TEMPLATE_DEPTH,
          Failure.place(source.name(), tag.line()),
          "sections are nested over " + MAX_DEPTH + " deep, the limit",
          "Reduce the nesting.");
    }
    open.push(new Open(tag, name(tag), nodes));
    nodes = new ArrayList<>();
  }

  private void end(Tags.Tag tag) {
    if (open.stream().noneMatch(one -> one.tag().content().equals(tag.content()))) {
      stray(tag);
      return;
    }
    for (var begun = open.pop(); ; begun = open.pop()) {
      var body = List.copyOf(nodes);
      nodes = begun.before();
      nodes.add(
          new Node.Section(begun.name(), begun.tag().kind() == '^', body, begun.tag().line()));
      if (begun.tag().content().equals(tag.content())) {
        return;
      }
      unclosed(begun.tag(), tag);
    }
  }

  private void stray(Tags.Tag tag) {
    if (open.isEmpty()) {
      problem(
          tag.line(),
          "{{/" + tag.content() + "}} without an open section",
          "Remove it or open the section before it.");
    } else {
      unclosed(open.peek().tag(), tag);
    }
  }

  private void unclosed(Tags.Tag begun, Tags.Tag before) {
    problem(
        begun.line(),
        "unclosed {{" + begun.kind() + begun.content() + "}}",
        "Close it with {{/"
            + begun.content()
            + "}} before the {{/"
            + before.content()
            + "}} in line "
            + before.line()
            + ".");
  }

  private void partial(Tags.Tag tag) {
    if (tag.content().startsWith("*")) {
      problem(
          tag.line(),
          "{{>* }} is an extension of Mustache that is not supported",
          "Write the name of the template.");
    } else if (tag.content().isEmpty()) {
      problem(tag.line(), "a partial without a name", "Write {{> name}}.");
    } else {
      nodes.add(new Node.Partial(tag.content(), tag.indent(), tag.line()));
    }
  }

  private Name name(Tags.Tag tag) {
    var content = tag.content();
    var name = Name.of(content);
    if (content.isEmpty()) {
      problem(tag.line(), "a tag without a name", EXAMPLE);
    } else if (!name.isValid() || content.matches("(?s)@.*|.*\\s.*")) {
      problem(tag.line(), content + " is not a valid name", Handlebars.remedy(content, EXAMPLE));
    }
    return name;
  }

  private void problem(int line, String what, String remedy) {
    problems.accept(Failure.syntax(source.name(), line, what, remedy));
  }
}

package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.Token.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds tags that are not closed, or not open, and points at where they were opened: Pebble's
 * parser only notices at the end of the file.
 */
final class TagBalance {
  /** The tags that another closes. */
  static final Set<String> ENCLOSING =
      Set.of("if", "for", "block", "macro", "filter", "autoescape", "parallel", "cache", "embed");

  private final String template;
  private final Set<String> tags;
  private final Consumer<GitVanException> problems;
  private final Deque<Token> open = new ArrayDeque<>();

  private TagBalance(String template, Set<String> tags, Consumer<GitVanException> problems) {
    this.template = template;
    this.tags = tags;
    this.problems = problems;
  }

  /**
   * Checks a template's tokens.
   *
   * @param tags the names of all tags that begin something
   * @throws GitVanException {@code TEMPLATE_SYNTAX}
   */
  static void check(List<Token> tokens, String template, Set<String> tags) {
    find(
        tokens,
        template,
        tags,
        problem -> {
          throw problem;
        });
  }

  /** As {@link #check}, for everything that is wrong. */
  static void find(
      List<Token> tokens, String template, Set<String> tags, Consumer<GitVanException> problems) {
    var balance = new TagBalance(template, tags, problems);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).test(Type.EXECUTE_START) && tokens.get(i + 1).test(Type.NAME)) {
        balance.tag(tokens.get(i + 1));
      }
    }
    balance.open.forEach(tag -> problems.accept(balance.unclosed(tag, null)));
  }

  private void tag(Token tag) {
    var name = tag.getValue();
    if (name.equals("else") || name.equals("elseif")) {
      var innermost = open.peek();
      boolean fits =
          innermost != null
              && (innermost.getValue().equals("if")
                  || innermost.getValue().equals("for") && name.equals("else"));
      if (!fits) {
        problems.accept(stray(tag, innermost));
      }
    } else if (name.startsWith("end") && ENCLOSING.contains(name.substring(3))) {
      close(tag, name.substring(3));
    } else if (ENCLOSING.contains(name)) {
      open.push(tag);
    } else if (!tags.contains(name)) {
      problems.accept(unknown(tag));
    }
  }

  /** Closes the innermost tag of a kind, and finds those in it that are not closed. */
  private void close(Token tag, String kind) {
    if (open.stream().noneMatch(one -> one.getValue().equals(kind))) {
      problems.accept(stray(tag, open.peek()));
      return;
    }
    while (!open.peek().getValue().equals(kind)) {
      problems.accept(unclosed(open.pop(), tag));
    }
    open.pop();
  }

  private GitVanException stray(Token tag, Token innermost) {
    if (innermost != null) {
      return unclosed(innermost, tag);
    }
    return problem(
        tag,
        "{% " + tag.getValue() + " %} without an opening tag",
        "Remove it or open the tag before it.");
  }

  private GitVanException unclosed(Token tag, Token before) {
    return problem(
        tag,
        "unclosed {% " + tag.getValue() + " %}",
        "Close it with {% end"
            + tag.getValue()
            + " %}"
            + (before == null
                ? "."
                : " before the {% "
                    + before.getValue()
                    + " %} in line "
                    + before.getLineNumber()
                    + "."));
  }

  private GitVanException unknown(Token tag) {
    var known = new ArrayList<>(tags);
    ENCLOSING.forEach(name -> known.add("end" + name));
    known.addAll(List.of("else", "elseif", "verbatim", "endverbatim"));
    var name = tag.getValue();
    return problem(
        tag,
        "there is no tag {% " + name + " %}",
        ForeignNames.TAG.remedy(name, known, "The documentation lists the available ones."));
  }

  private GitVanException problem(Token at, String what, String remedy) {
    return Failure.of(Codes.TEMPLATE_SYNTAX, template, at.getLineNumber(), what, remedy);
  }
}

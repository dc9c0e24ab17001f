package dev.gitvan.template.mustache.internal;

/** What to write for the additions of Handlebars, which Mustache does not have. */
final class Handlebars {
  private Handlebars() {}

  /**
   * The remedy for a tag's content.
   *
   * @param otherwise if it is not known from Handlebars
   */
  static String remedy(String content, String otherwise) {
    var words = content.split("\\s+", 2);
    var rest = words.length == 1 ? "name" : words[1];
    return switch (words[0]) {
      case "if", "with" -> "Write {{#" + rest + "}}...{{/" + rest + "}}.";
      case "each" -> "Write {{#" + rest + "}}{{.}}{{/" + rest + "}}.";
      case "unless" -> "Write {{^" + rest + "}}...{{/" + rest + "}}.";
      case "else" -> "Write {{/name}}{{^name}}: an inverted section.";
      case "this" -> "Write {{.}}.";
      default -> {
        if (content.startsWith("../")) {
          yield "Write {{" + content.substring(3) + "}}: outer contexts are searched too.";
        }
        yield content.startsWith("@") || words.length > 1
            ? "Mustache has no helpers: add the value to the data."
            : otherwise;
      }
    };
  }
}

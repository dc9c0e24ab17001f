package dev.gitvan.config.internal.document;

import java.util.regex.Pattern;

/** Says what is wrong with JSON in the words of those who write it. */
record JsonWords(String what, String remedy) {
  private static final Pattern CHARACTER =
      Pattern.compile("\\('(.)' \\(code \\d+\\)\\)|'(.)' \\(code");
  private static final Pattern TOKEN =
      Pattern.compile("(?:Unrecognized|Non-standard) token '([^']{0,40})");

  /**
   * @param message the parser's, without its location
   */
  static JsonWords of(String message) {
    var token = TOKEN.matcher(message);
    if (token.find()) {
      return new JsonWords(
          token.group(1) + " is not a value in JSON", "Put text into double quotes.");
    }
    if (message.contains("Illegal unquoted character")) {
      return new JsonWords(
          "a line break or control character inside a string", "Write it as \\n or \\t.");
    }
    if (message.contains("escape")) {
      return new JsonWords("an escape that is invalid in JSON", "Write a backslash as \\\\.");
    }
    if (message.contains("eading zero")) {
      return new JsonWords("a number that begins with 0", "Remove the zero, or quote it.");
    }
    if (message.contains("double-quote to start")) {
      return character(message).equals("}")
          ? new JsonWords("a comma before the closing }", "Remove the comma.")
          : new JsonWords("keys must be in double quotes", "Quote it.");
    }
    if (message.contains("comma to separate")) {
      return new JsonWords("a comma is missing before " + character(message), "Insert it.");
    }
    if (message.contains("colon to separate")) {
      return new JsonWords("a colon is missing after the key", "Insert it.");
    }
    if (message.contains("'/'") || character(message).equals("/")) {
      return new JsonWords("JSON has no comments", "Remove it, or use gitvan.yaml.");
    }
    if (message.contains("Unexpected close marker")) {
      return new JsonWords("a closing bracket without an opening one", "Check the brackets.");
    }
    if (message.contains("umeric value") || message.contains("number")) {
      return new JsonWords("not a valid JSON number", "Quote it if it is text.");
    }
    if (message.contains("expected a value") || message.contains("valid value")) {
      return character(message).equals("]")
          ? new JsonWords("a comma before the closing ]", "Remove the comma.")
          : new JsonWords("no value can begin with " + character(message), "Quote text.");
    }
    return new JsonWords("invalid JSON", "Check the syntax around this line.");
  }

  private static String character(String message) {
    var match = CHARACTER.matcher(message);
    if (!match.find()) {
      return "this";
    }
    return match.group(1) != null ? match.group(1) : match.group(2);
  }
}

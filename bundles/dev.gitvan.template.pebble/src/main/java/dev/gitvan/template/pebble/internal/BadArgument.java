package dev.gitvan.template.pebble.internal;

/** A value that a filter, function or operator cannot work with; said in a template's words. */
final class BadArgument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The remedy when there is no better one. */
  static final String CHECK = "Check its arguments.";

  private final String remedy;

  /**
   * @param what a sentence without its full stop
   */
  BadArgument(String what) {
    this(what, CHECK);
  }

  /**
   * @param what a sentence without its full stop
   * @param remedy a sentence
   */
  BadArgument(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}

package dev.gitvan.template.pebble.internal;

/** A value that a filter, function or operator cannot work with; said in a template's words. */
final class BadArgument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what a sentence without its full stop
   */
  BadArgument(String what) {
    super(what);
  }
}

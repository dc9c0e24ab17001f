package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import java.util.Collection;

/**
 * A name that is not defined. Pebble's own kind, because {@code default} and {@code is defined}
 * catch that.
 */
final class Undefined extends AttributeNotFoundException {
  private static final long serialVersionUID = 1L;

  private final transient Collection<String> known;
  private final String what;

  /**
   * @param what a sentence without its full stop
   * @param known the names that there are
   */
  Undefined(String what, String name, Collection<String> known, int line, String template) {
    super(null, what, name, line, template);
    this.what = what;
    this.known = known;
  }

  String what() {
    return what;
  }

  Collection<String> known() {
    return known;
  }

  /** Often caught, and never shown with its trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}

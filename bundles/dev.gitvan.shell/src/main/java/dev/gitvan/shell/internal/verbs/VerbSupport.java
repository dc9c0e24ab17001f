package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console;
import dev.gitvan.command.Invocation;
import dev.gitvan.command.Verb;

/** What GitVan's own verbs have in common: the invocation they were handed. */
abstract class VerbSupport implements Verb {
  private Invocation invocation;

  @Override
  public final void begin(Invocation invocation) {
    this.invocation = invocation;
  }

  final Invocation invocation() {
    return invocation;
  }

  final Console console() {
    return invocation.console();
  }
}

package dev.gitvan.shell.internal.diag;

import java.util.List;

/**
 * Something in the running system that does not work.
 *
 * @param kind what it is about
 * @param name the file, bundle, component, service or contribution
 * @param what what is wrong with it: together with the name a sentence, without its full stop
 * @param details further sentences without their full stops, most important first
 * @param remedy the next step, whole sentences; empty if it works again once its cause is removed
 * @param trace the stack trace behind it; empty when there is none
 */
public record Finding(
    Kind kind, String name, String what, List<String> details, String remedy, String trace) {
  /** What a finding is about. */
  public enum Kind {
    /** A file in {@code bundles/}. */
    FILE,
    BUNDLE,
    /** A service that no installed bundle provides. */
    SERVICE,
    /** A component of Declarative Services. */
    COMPONENT,
    /** A service that a registry rejected. */
    CONTRIBUTION,
    /** A health check. */
    HEALTH,
    /** The repository of the working directory. */
    REPOSITORY
  }

  public Finding {
    details = List.copyOf(details);
  }

  Finding(Kind kind, String name, String what, List<String> details, String remedy) {
    this(kind, name, what, details, remedy, "");
  }

  Finding withoutRemedy() {
    return new Finding(kind, name, what, details, "", trace);
  }
}

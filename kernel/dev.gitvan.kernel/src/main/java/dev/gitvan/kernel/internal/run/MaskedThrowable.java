package dev.gitvan.kernel.internal.run;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A copy of what was thrown, for people: the same stack traces with masked messages. */
final class MaskedThrowable extends Exception {
  private static final long serialVersionUID = 1L;

  MaskedThrowable(Throwable thrown, Masks masks) {
    this(thrown, masks, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private MaskedThrowable(Throwable thrown, Masks masks, Set<Throwable> seen) {
    super(masks.text(thrown.toString()));
    seen.add(thrown);
    setStackTrace(thrown.getStackTrace());
    var cause = thrown.getCause();
    if (cause != null && !seen.contains(cause)) {
      initCause(new MaskedThrowable(cause, masks, seen));
    }
    for (var suppressed : thrown.getSuppressed()) {
      if (!seen.contains(suppressed)) {
        addSuppressed(new MaskedThrowable(suppressed, masks, seen));
      }
    }
  }

  /** As the original has it: its class, and the masked message. */
  @Override
  public String toString() {
    return getMessage();
  }
}

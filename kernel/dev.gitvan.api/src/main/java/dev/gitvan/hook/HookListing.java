package dev.gitvan.hook;

import dev.gitvan.diagnostics.Problem;
import java.util.List;

/**
 * A hook at one point, as lists show it.
 *
 * @param name the hook's name, or that of a source that failed
 * @param point name of the point; empty for a source that failed
 * @param origin symbolic name and version of the contributing bundle, or {@code file:line:column}
 * @param problems why it cannot be called; empty: it can
 */
public record HookListing(String name, String point, String origin, List<Problem> problems) {
  public HookListing {
    problems = List.copyOf(problems);
  }
}

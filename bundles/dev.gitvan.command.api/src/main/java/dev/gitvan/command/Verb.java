package dev.gitvan.command;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A verb: {@code gitvan NAME} on the command line and {@code gitvan:NAME} in the shell.
 *
 * <p>Write a class with picocli's {@code @Command} that is a {@code Callable<Integer>} or has
 * {@code @Command} methods, and register it as a service with {@code scope = PROTOTYPE}: every call
 * gets an instance of its own, so options can be fields. A verb prints to the invocation's console
 * only, and throws {@link dev.gitvan.diagnostics.GitVanException} for errors that the user should
 * see.
 */
@ConsumerType
public interface Verb {
  /** Passes the invocation, before picocli calls the command. */
  void begin(Invocation invocation);

  /**
   * Returns the words that completion offers for options and arguments of a label, where they are
   * not known when the verb is compiled. Completion scripts contain them. Called without {@link
   * #begin}.
   *
   * @param label the {@code paramLabel}, such as {@code FORMAT}
   * @return words of ASCII letters, digits and {@code ._:+-}, others are left out; empty if there
   *     is nothing to offer
   */
  default List<String> candidates(String label) {
    return List.of();
  }
}

package dev.gitvan.git.jgit.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One call of the {@code git} command. Immutable.
 *
 * @param arguments the sub-command first; given as they are, never to a shell
 * @param input what it reads
 * @param variables more environment
 * @param kind what it is for
 * @param limit what it may print, in bytes
 * @param fine exit statuses that are no failure
 * @param atLeast the Git that it needs
 */
public record GitCall(
    List<String> arguments,
    byte[] input,
    Map<String, String> variables,
    Kind kind,
    int limit,
    Set<Integer> fine,
    GitProgram.Version atLeast) {
  /** What may be printed by a call that asks for no more. */
  private static final int LIMIT = 16 << 20;

  private static final byte[] NOTHING = new byte[0];

  /** What a call is for. */
  public enum Kind {
    /** Nothing is changed, not even the index's time stamps; nothing is fetched. Times are UTC. */
    READING,
    /** Files, refs or a remote may change. No hook runs. */
    CHANGING,
    /** The same, with the hooks that are installed in the repository. */
    CHANGING_WITH_HOOKS
  }

  public GitCall {
    arguments = List.copyOf(arguments);
    variables = Map.copyOf(variables);
    fine = Set.copyOf(fine);
  }

  /** A call that reads. */
  public static GitCall reading(String... arguments) {
    return of(Kind.READING, arguments);
  }

  /** A call that changes something. */
  public static GitCall changing(String... arguments) {
    return of(Kind.CHANGING, arguments);
  }

  private static GitCall of(Kind kind, String... arguments) {
    return new GitCall(
        List.of(arguments), NOTHING, Map.of(), kind, LIMIT, Set.of(0), GitProgram.OLDEST);
  }

  /** The same with more arguments. */
  public GitCall with(String... more) {
    return with(List.of(more));
  }

  /** The same with more arguments. */
  public GitCall with(List<String> more) {
    var all = new ArrayList<>(arguments);
    all.addAll(more);
    return new GitCall(all, input, variables, kind, limit, fine, atLeast);
  }

  /** The same with more arguments if something holds. */
  public GitCall when(boolean holds, String... more) {
    return holds ? with(more) : this;
  }

  /** The same with something to read. */
  public GitCall reads(byte[] text) {
    return new GitCall(arguments, text, variables, kind, limit, fine, atLeast);
  }

  /** The same with a variable. */
  public GitCall variable(String name, String value) {
    var more = new TreeMap<>(variables);
    more.put(name, value);
    return new GitCall(arguments, input, more, kind, limit, fine, atLeast);
  }

  /** The same, and these statuses are fine too. */
  public GitCall fine(Integer... statuses) {
    var all = new java.util.HashSet<>(fine);
    all.addAll(List.of(statuses));
    return new GitCall(arguments, input, variables, kind, limit, all, atLeast);
  }

  /** The same with hooks, or without. */
  public GitCall hooks(boolean wanted) {
    var other = wanted ? Kind.CHANGING_WITH_HOOKS : kind;
    return new GitCall(arguments, input, variables, other, limit, fine, atLeast);
  }

  /** The same for a Git that is new enough. */
  public GitCall needs(int major, int minor) {
    return new GitCall(
        arguments, input, variables, kind, limit, fine, new GitProgram.Version(major, minor));
  }
}

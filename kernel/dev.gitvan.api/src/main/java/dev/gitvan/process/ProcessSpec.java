package dev.gitvan.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A command to start, and how. Immutable; {@link #builder} begins one.
 *
 * <p>By default, standard input is empty, the output is discarded, there is no time limit, and the
 * command has {@link #DEFAULT_GRACE} to end when it is asked to.
 */
public final class ProcessSpec {
  /** How long a command has to end by itself, if its spec does not name another duration. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(1);

  private final List<String> command;
  private final Path directory;
  private final Map<String, String> environment;
  private final ProcessInput input;
  private final ProcessOutput output;
  private final ProcessOutput errors;
  private final Duration timeLimit;
  private final Duration grace;
  private final boolean usesTerminal;

  private ProcessSpec(Builder builder) {
    this.command = builder.command;
    this.directory = builder.directory;
    this.environment = builder.environment;
    this.input = builder.input;
    this.output = builder.output;
    this.errors = builder.errors;
    this.timeLimit = builder.timeLimit;
    this.grace = builder.grace;
    this.usesTerminal = builder.usesTerminal;
  }

  /**
   * Begins a spec.
   *
   * @param command the program and its arguments; no shell reads them. A program without a slash is
   *     searched for in the {@code PATH} of the environment, or in {@code /bin} and {@code
   *     /usr/bin} if that has none
   * @param directory the working directory; absolute
   * @param environment all environment variables of the command
   * @throws IllegalArgumentException if there is no program, if the directory is relative, if a
   *     string has a NUL character, or if a variable's name is empty or has an equals sign
   */
  public static Builder builder(
      List<String> command, Path directory, Map<String, String> environment) {
    return new Builder(command, directory, environment);
  }

  /** The program and its arguments; never empty. */
  public List<String> command() {
    return command;
  }

  /** The working directory. */
  public Path directory() {
    return directory;
  }

  /** All environment variables. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Standard input. */
  public ProcessInput input() {
    return input;
  }

  /** Where standard output is written to. */
  public ProcessOutput output() {
    return output;
  }

  /** Where standard error is written to. */
  public ProcessOutput errors() {
    return errors;
  }

  /** How long the command may run; {@code ChronoUnit.FOREVER}'s duration if it has no limit. */
  public Duration timeLimit() {
    return timeLimit;
  }

  /** How long the group has to end after it was asked to, before it is killed. */
  public Duration grace() {
    return grace;
  }

  /** Whether the command can ask questions at the terminal of GitVan's caller, if it has one. */
  public boolean usesTerminal() {
    return usesTerminal;
  }

  /** Builds a {@link ProcessSpec}. Not safe for use by multiple threads. */
  public static final class Builder {
    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private ProcessInput input = ProcessInput.empty();
    private ProcessOutput output = ProcessOutput.discarded();
    private ProcessOutput errors = ProcessOutput.discarded();
    private Duration timeLimit = ChronoUnit.FOREVER.getDuration();
    private Duration grace = DEFAULT_GRACE;
    private boolean usesTerminal;

    private Builder(List<String> command, Path directory, Map<String, String> environment) {
      this.command = List.copyOf(command);
      this.directory = Objects.requireNonNull(directory, "directory");
      this.environment = Map.copyOf(environment);
      if (this.command.isEmpty()) {
        throw new IllegalArgumentException("no program");
      }
      if (!directory.isAbsolute()) {
        throw new IllegalArgumentException("not an absolute path: " + directory);
      }
      this.command.forEach(Builder::requireNoNul);
      this.environment.keySet().forEach(Builder::requireName);
      this.environment.values().forEach(Builder::requireNoNul);
    }

    private static void requireName(String name) {
      requireNoNul(name);
      // Windows has variables whose names begin with the character.
      if (name.isEmpty() || name.indexOf('=', 1) > 0) {
        throw new IllegalArgumentException("not a name of a variable: " + name);
      }
    }

    private static void requireNoNul(String text) {
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("NUL character in an argument or a variable");
      }
    }

    /** Sets standard input. */
    public Builder input(ProcessInput changed) {
      input = Objects.requireNonNull(changed, "input");
      return this;
    }

    /** Sets where standard output is written to. */
    public Builder output(ProcessOutput changed) {
      output = Objects.requireNonNull(changed, "output");
      return this;
    }

    /** Sets where standard error is written to. */
    public Builder errors(ProcessOutput changed) {
      errors = Objects.requireNonNull(changed, "errors");
      return this;
    }

    /** Sets how long the command may run; zero and less end it at once. */
    public Builder timeLimit(Duration changed) {
      timeLimit = Objects.requireNonNull(changed, "timeLimit");
      return this;
    }

    /** Sets how long the group has to end after it was asked to, before it is killed. */
    public Builder grace(Duration changed) {
      grace = Objects.requireNonNull(changed, "grace");
      return this;
    }

    /**
     * Lets the command ask questions at the terminal of GitVan's caller, for example for a
     * passphrase. It then stays in the caller's group: the terminal's signals reach it too, and
     * only those of its descendants are ended that are known when it is cancelled.
     */
    public Builder usesTerminal() {
      usesTerminal = true;
      return this;
    }

    /** Returns the spec. */
    public ProcessSpec build() {
      return new ProcessSpec(this);
    }
  }
}

package dev.gitvan.process;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starts commands. This shared service is the only way in which GitVan and its plugins start a
 * process: it decides which process becomes the parent of the command, and guarantees that no
 * command outlives GitVan.
 *
 * <p>A command and everything that it starts form a group, which is ended as a whole: when it is
 * cancelled, at one of its limits, and when GitVan's JVM is killed. A process that leaves the group
 * by starting a session of its own is not ended.
 *
 * <p>Nothing is inherited from the JVM but what the {@link ProcessSpec} asks for. In particular, a
 * command has exactly the environment that its caller gives.
 *
 * <p>Implementations are safe for use by multiple threads.
 */
@ProviderType
public interface ProcessLauncher {
  /**
   * Starts a command. The caller must {@link LaunchedProcess#close close} the returned process,
   * which ends a command that still runs:
   *
   * <pre>{@code
   * try (var process = launcher.start(spec)) {
   *   var exit = process.await();
   * }
   * }</pre>
   *
   * @throws java.nio.file.NoSuchFileException if the program does not exist or is not executable.
   *     Its message is the program's name as the spec has it
   * @throws IOException if the command cannot be started for another reason, such as arguments that
   *     are too long for the operating system
   */
  LaunchedProcess start(ProcessSpec spec) throws IOException;
}

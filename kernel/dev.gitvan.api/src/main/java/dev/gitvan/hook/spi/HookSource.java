package dev.gitvan.hook.spi;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds the hooks that a worktree itself defines, such as in files. Register it as a service.
 *
 * <p>Sources are asked for every event, in parallel, each isolated and with a time limit. A source
 * that fails stops a gate: its hooks are unknown then. Safe for any thread.
 */
@ConsumerType
@FunctionalInterface
public interface HookSource {
  /**
   * The hooks as they are defined now, in the order in which they are to be reported. Cheap when
   * nothing has changed. The thread is interrupted at the limit and must return soon after.
   *
   * @throws dev.gitvan.diagnostics.GitVanException when none of them can be known, such as {@code
   *     CONFIG_PARSE} of the configuration
   */
  List<Found> hooks(WorktreeId worktree) throws Exception;

  /** A hook that was found: one that can be called, or one with problems. */
  sealed interface Found {
    /**
     * A hook that can be called.
     *
     * @param fingerprint of what defines it; changes when that changes. A hook that ignores
     *     interrupts is not called again until its fingerprint changes
     */
    record Valid(HookDefinition definition, String fingerprint, Hook hook) implements Found {
      public Valid {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(hook, "hook");
      }
    }

    /**
     * A hook whose definition is invalid. At a gate it stops the operation.
     *
     * @param definition as far as it is known
     * @param problems at least one
     */
    record Invalid(HookDefinition definition, List<Problem> problems) implements Found {
      public Invalid {
        Objects.requireNonNull(definition, "definition");
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
          throw new IllegalArgumentException("no problem: " + definition.name());
        }
      }
    }

    /** What defines it. */
    HookDefinition definition();
  }
}

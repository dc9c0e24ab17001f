package dev.gitvan.event.spi;

import dev.gitvan.document.FieldValues;
import dev.gitvan.document.ValueField;
import dev.gitvan.event.Event;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides whether an event has a property. Register it as a service with {@link
 * GitVanEventPredicate}. Safe for any thread.
 *
 * <p>The answer depends on the event and the parameters only: the same event is evaluated again
 * when somebody asks why a job was started, or not.
 */
@ConsumerType
public interface EventPredicate {
  /** Its parameters; always the same. */
  default List<ValueField> parameters() {
    return List.of();
  }

  /**
   * Whether the event has the property. Returns false for events of kinds that cannot have it.
   *
   * @param parameters agree with {@link #parameters()}
   * @throws dev.gitvan.diagnostics.GitVanException when a parameter's value is invalid
   * @throws Exception when it cannot be decided; no job is started then
   */
  boolean holds(Event event, FieldValues parameters) throws Exception;
}

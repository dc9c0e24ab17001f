package dev.gitvan.extension;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Describes an extension point.
 *
 * @param name * name of the point in diagnostics, such as {@code step}
 * @param type the type under which bundles register their services
 * @param reader reads a service's properties
 * @param naming returns an extension's name
 * @param listener called after every change, without a lock and on any thread
 * @param <S> the services' type
 * @param <D> the description from the services' properties
 */
public record ExtensionPointSpec<S, D>(
    String name,
    Class<S> type,
    DescriptionReader<D> reader,
    Function<D, String> naming,
    Runnable listener) {
  public ExtensionPointSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(reader, "reader");
    Objects.requireNonNull(naming, "naming");
    Objects.requireNonNull(listener, "listener");
  }

  /** Reads the description of an extension from the service's properties. */
  @FunctionalInterface
  public interface DescriptionReader<D> {
    /**
     * Returns the description.
     *
     * @param properties the service's properties
     * @throws InvalidExtensionException when the properties do not describe an extension
     */
    D read(Map<String, Object> properties) throws InvalidExtensionException;
  }
}

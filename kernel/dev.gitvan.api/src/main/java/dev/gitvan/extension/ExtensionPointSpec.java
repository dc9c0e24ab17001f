package dev.gitvan.extension;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Describes an extension point. Immutable: options have methods that return a changed copy.
 *
 * @param <S> the services' type
 * @param <D> the description from the services' properties
 */
public final class ExtensionPointSpec<S, D> {
  private final String name;
  private final Class<S> type;
  private final DescriptionReader<D> reader;
  private final Function<D, String> naming;
  private final Runnable listener;

  private ExtensionPointSpec(
      String name,
      Class<S> type,
      DescriptionReader<D> reader,
      Function<D, String> naming,
      Runnable listener) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    this.reader = Objects.requireNonNull(reader, "reader");
    this.naming = Objects.requireNonNull(naming, "naming");
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * A point without a listener.
   *
   * @param name name of the point in diagnostics, such as {@code step}
   * @param type the type under which bundles register their services
   * @param reader reads a service's properties
   * @param naming returns an extension's name
   */
  public static <S, D> ExtensionPointSpec<S, D> of(
      String name, Class<S> type, DescriptionReader<D> reader, Function<D, String> naming) {
    return new ExtensionPointSpec<>(name, type, reader, naming, () -> {});
  }

  /** A copy with a listener that is called after every change, without a lock and on any thread. */
  public ExtensionPointSpec<S, D> onChange(Runnable called) {
    return new ExtensionPointSpec<>(name, type, reader, naming, called);
  }

  /** Name of the point in diagnostics, such as {@code step}. */
  public String name() {
    return name;
  }

  /** The type under which bundles register their services. */
  public Class<S> type() {
    return type;
  }

  /** Reads a service's properties. */
  public DescriptionReader<D> reader() {
    return reader;
  }

  /** Returns an extension's name. */
  public Function<D, String> naming() {
    return naming;
  }

  /** Called after every change, without a lock and on any thread. */
  public Runnable listener() {
    return listener;
  }

  @Override
  public String toString() {
    return "extension point " + name;
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

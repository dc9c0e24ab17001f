package dev.gitvan.template.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Where a session keeps what its engine compiled. Safe for any thread. */
interface CompiledStore {
  /** Keeps nothing: {@code templates.cache} is off. */
  CompiledStore NONE =
      new CompiledStore() {
        @Override
        public <T> T get(String identity, Class<T> type, Supplier<T> compile) {
          return compile.get();
        }
      };

  /**
   * What was compiled of a source, else what it is compiled to now.
   *
   * @param identity of the source, see {@link Identities}
   * @param type of what is made of it
   */
  <T> T get(String identity, Class<T> type, Supplier<T> compile);

  /** The tier that has what was compiled of a source; empty when none has. */
  default String tierOf(String identity, Class<?> type) {
    return "";
  }

  /** The private store of a dry run, which touches no cache. */
  final class Private implements CompiledStore {
    private final Map<CompiledKey, Object> kept = new ConcurrentHashMap<>();

    @Override
    public <T> T get(String identity, Class<T> type, Supplier<T> compile) {
      var key = new CompiledKey(0, identity, type);
      var known = kept.get(key);
      if (known == null) {
        known = compile.get();
        kept.put(key, known);
      }
      return type.cast(known);
    }
  }
}

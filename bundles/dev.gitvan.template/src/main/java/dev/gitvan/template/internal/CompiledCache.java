package dev.gitvan.template.internal;

import dev.gitvan.cache.Cache.Hit;
import dev.gitvan.cache.CacheHandle;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The cache {@value #NAME}. Nothing of an engine that goes stays in it: the cache is emptied then,
 * and a rendering that still uses that engine adds nothing afterwards.
 */
final class CompiledCache implements CompiledStore {
  static final String NAME = "templates";

  private final CacheHandle<CompiledKey, Object> cache;
  private final long engine;
  private final BooleanSupplier gone;

  /**
   * @param engine the engine's service id
   * @param gone whether the engine is going: true before the cache is emptied
   */
  CompiledCache(CacheHandle<CompiledKey, Object> cache, long engine, BooleanSupplier gone) {
    this.cache = cache;
    this.engine = engine;
    this.gone = gone;
  }

  /** The engine is going: what is compiled now is not for the cache. */
  private static final class Gone extends Exception {
    private static final long serialVersionUID = 1L;

    Gone() {
      super(null, null, false, false);
    }
  }

  @Override
  public <T> T get(String identity, Class<T> type, Supplier<T> compile) {
    try {
      return type.cast(
          cache.get().get(new CompiledKey(engine, identity, type), key -> load(compile)));
    } catch (Gone e) {
      return compile.get();
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GitVanException.of(
          Codes.INTERRUPTED, NAME, "waiting for a template to be compiled was interrupted", "");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String tierOf(String identity, Class<?> type) {
    return cache.get().find(new CompiledKey(engine, identity, type)).map(Hit::tier).orElse("");
  }

  /**
   * Looks only now, when the cache knows of the load: emptying it either finds the load and does
   * not keep what it makes, or came before, and then the engine is gone here.
   */
  private Object load(Supplier<?> compile) throws Gone {
    if (gone.getAsBoolean()) {
      throw new Gone();
    }
    return compile.get();
  }
}

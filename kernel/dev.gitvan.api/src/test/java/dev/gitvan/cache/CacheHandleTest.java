package dev.gitvan.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CacheHandleTest {
  private final AtomicReference<CacheRegistry> present = new AtomicReference<>();
  private final CacheHandle<String, String> handle =
      new CacheHandle<>(present::get, () -> CacheSpec.inMemory("test", Duration.ZERO, 10));

  @Test
  void withoutARegistryEverythingIsLoaded() throws Exception {
    var cache = handle.get();
    cache.put("a", "put");

    assertThat(cache.get("a", k -> "loaded")).isEqualTo("loaded");
    assertThat(cache.peek("a")).isEmpty();
    assertThat(cache.find("a")).isEmpty();
  }

  @Test
  void usesTheRegistryThatIsThereNow() throws Exception {
    var first = new OneCache();
    present.set(first);
    handle.get().put("a", "1");
    assertThat(handle.get().peek("a")).contains("1");
    assertThat(first.opened).isEqualTo(1);

    present.set(new OneCache());
    assertThat(handle.get().peek("a")).isEmpty();

    present.set(null);
    assertThat(handle.get().peek("a")).isEmpty();

    present.set(first);
    assertThat(handle.get().peek("a")).contains("1");
  }

  @Test
  void aCacheThatSomebodyElseHasOtherwiseIsDoneWithout() throws Exception {
    var taken = new OneCache();
    taken.taken = true;
    present.set(taken);

    assertThat(handle.get().get("a", k -> "loaded")).isEqualTo("loaded");
    assertThat(handle.get().peek("a")).isEmpty();
  }

  /** A registry that keeps one cache in a map. */
  private static final class OneCache implements CacheRegistry, Cache<Object, Object> {
    private final Map<Object, Object> values = new HashMap<>();
    private int opened;
    private boolean taken;

    @Override
    @SuppressWarnings("unchecked") // The test opens one specification only.
    public <K, V> Cache<K, V> cache(CacheSpec<K, V> spec) {
      if (taken) {
        throw new IllegalArgumentException("taken");
      }
      opened++;
      return (Cache<K, V>) this;
    }

    @Override
    public List<CacheStats> stats() {
      return List.of();
    }

    @Override
    public List<CacheStats> history(RepositoryId repository) {
      return List.of();
    }

    @Override
    public void clear(String name) {
      values.clear();
    }

    @Override
    public void clear(String name, RepositoryId repository) {
      values.clear();
    }

    @Override
    public List<CacheCheck> verify(RepositoryId repository) {
      return List.of();
    }

    @Override
    public Object get(Object key, Loader<Object, Object> onMiss) {
      return values.get(key);
    }

    @Override
    public Optional<Object> peek(Object key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public Optional<Hit<Object>> find(Object key) {
      return peek(key).map(value -> new Hit<>(value, "map"));
    }

    @Override
    public void put(Object key, Object value) {
      values.put(key, value);
    }

    @Override
    public void invalidate(Object key) {
      values.remove(key);
    }
  }
}

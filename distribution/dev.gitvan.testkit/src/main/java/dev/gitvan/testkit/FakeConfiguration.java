package dev.gitvan.testkit;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Setting;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A configuration without files: the defaults, but for what a test sets. Safe for any thread. */
public final class FakeConfiguration implements Configuration {
  private final Map<String, Object> values = new ConcurrentHashMap<>();

  /** Sets a value; returns this. */
  public <T> FakeConfiguration with(Setting<T> setting, T value) {
    values.put(path(setting), value);
    return this;
  }

  @Override
  @SuppressWarnings("unchecked") // with() takes only values of the setting's type.
  public <T> T get(Setting<T> setting) {
    return (T) values.getOrDefault(path(setting), setting.defaultValue());
  }

  private static String path(Setting<?> setting) {
    return setting.section() + "." + setting.key();
  }

  @Override
  public Map<String, Node> jobs() {
    return Map.of();
  }

  @Override
  public Map<String, Node> hooks() {
    return Map.of();
  }

  @Override
  public List<Value> settings() {
    return new HashMap<>(values)
        .entrySet().stream()
            .map(entry -> new Value(entry.getKey(), entry.getValue(), "test"))
            .toList();
  }

  @Override
  public List<Problem> warnings() {
    return List.of();
  }

  @Override
  public String fingerprint() {
    return "0".repeat(64);
  }
}

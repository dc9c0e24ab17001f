package dev.gitvan.kernel.internal.hook;

import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookOrder;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.Properties;
import java.util.List;
import java.util.Set;

/** Reads a bundle's hook from its properties; see {@link dev.gitvan.hook.spi.GitVanHook}. */
final class HookProperties {
  private HookProperties() {}

  static HookDefinition read(Offer<Hook> offer) throws InvalidExtensionException {
    var properties = new Properties(offer.properties(), "gitvan.hook.");
    var points = names(properties, "on");
    if (points.isEmpty()) {
      throw new InvalidExtensionException(
          "POINT_MISSING", "gitvan.hook.on names no point; use the annotation @GitVanHook");
    }
    var component = offer.properties().get("component.name");
    var name = properties.text("name", component == null ? "hook" : component.toString());
    return HookDefinition.builder(name, points, offer.bundle())
        .order(
            new HookOrder(
                Set.copyOf(names(properties, "before")),
                Set.copyOf(names(properties, "after")),
                properties.text("group", "")))
        .timeout(
            properties.duration(
                "timeout", HookDefinition.DEFAULT_TIMEOUT, false, "TIMEOUT_INVALID"))
        .build();
  }

  private static List<String> names(Properties properties, String key) {
    return properties.texts(key).stream()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }
}

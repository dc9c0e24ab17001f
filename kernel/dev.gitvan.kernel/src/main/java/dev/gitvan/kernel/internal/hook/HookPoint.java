package dev.gitvan.kernel.internal.hook;

import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.Properties;
import java.time.Duration;
import java.util.List;

/**
 * What a hook's properties say; see {@link dev.gitvan.hook.spi.GitVanHook}.
 *
 * @param timeout limit of one call
 */
record HookPoint(String name, List<String> points, Duration timeout) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  static HookPoint read(Offer<Hook> offer) throws InvalidExtensionException {
    var properties = new Properties(offer.properties(), "gitvan.hook.");
    var points =
        properties.texts("on").stream().map(String::strip).filter(p -> !p.isEmpty()).toList();
    if (points.isEmpty()) {
      throw new InvalidExtensionException(
          "POINT_MISSING", "gitvan.hook.on names no point; use the annotation @GitVanHook");
    }
    var component = offer.properties().get("component.name");
    return new HookPoint(
        properties.text("name", component == null ? "hook" : component.toString()),
        points.stream().distinct().toList(),
        properties.duration("timeout", TIMEOUT, false, "TIMEOUT_INVALID"));
  }
}

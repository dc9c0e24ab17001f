package dev.gitvan.template.internal;

import dev.gitvan.template.spi.EngineOptions;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Identities of sources: SHA-256 of the engine, its options, the name and the content. The same
 * identity compiles to the same, in any process. Safe for any thread.
 */
final class Identities {
  private final Supplier<String> engine;
  private final EngineOptions options;
  private volatile byte[] prefix;

  /**
   * @param engine identity of the engine, see {@link ContributionIdentity}; asked when it is needed
   */
  Identities(Supplier<String> engine, EngineOptions options) {
    this.engine = engine;
    this.options = options;
  }

  /** The identity of a file. */
  String ofFile(String name, String sha256) {
    return of("file", name, sha256);
  }

  /** The identity of a template that is in no file. */
  String ofText(String name, String text) {
    return of("text", name, text);
  }

  private String of(String kind, String name, String content) {
    var digest = Sha256.digest();
    digest.update(prefix());
    digest.update(kind.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(content.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }

  private byte[] prefix() {
    var known = prefix;
    if (known == null) {
      known = (engine.get() + '\0' + options + '\0').getBytes(StandardCharsets.UTF_8);
      prefix = known;
    }
    return known;
  }
}

package dev.gitvan.template.internal.rendered;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.Cache.Hit;
import dev.gitvan.cache.CacheHandle;
import dev.gitvan.template.spi.TemplateLoader.Source;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The cache {@value #NAME}: outputs of templates and data that have not changed. Two entries for
 * each: under the template and its identity what a rendering looks at, and under that and what it
 * saw the output. Safe for any thread.
 */
public final class RenderedOutputs {
  public static final String NAME = "rendered";

  /** Of what is stored, and of what a digest means. */
  public static final int SCHEMA = 3;

  /** Larger outputs are not kept, in bytes. */
  public static final int MAX_OUTPUT = 1 << 20;

  private static final byte TRACE = 't';
  private static final byte OUTPUT = 'o';

  private final CacheHandle<String, byte[]> cache;
  private final CacheHandle<String, byte[]> other;

  /**
   * @param cache of {@link dev.gitvan.cache.CacheSpec#ofBytes bytes}, where outputs are kept
   * @param other where they are looked for, too; may be the same
   */
  public RenderedOutputs(CacheHandle<String, byte[]> cache, CacheHandle<String, byte[]> other) {
    this.cache = cache;
    this.other = other;
  }

  /**
   * What there is for a template and data.
   *
   * @param output UTF-8; null when it must be rendered
   * @param tier that had the output
   * @param trace that the cache has in which the output will be kept; null when it has none
   * @param values of data that were looked at to find out
   */
  public record Found(byte[] output, String tier, Trace trace, Map<Read, Seen> values) {
    private static final Found UNKNOWN = new Found(null, "", null, Map.of());
  }

  /**
   * Looks for an output.
   *
   * @param identities of templates, filters and functions as they are now; null for what is not
   *     there
   * @param root the template
   */
  public Found find(Function<Read, String> identities, Source root, Map<String, ?> data) {
    var found = find(cache.get(), identities, root, data);
    return found.output() != null || other == cache
        ? found
        : better(find(other.get(), identities, root, data), found);
  }

  /** What has an output, or values that need not be looked at again. */
  private static Found better(Found one, Found two) {
    return one.output() != null || two.values().isEmpty()
        ? new Found(one.output(), one.tier(), two.trace(), one.values())
        : two;
  }

  private static Found find(
      Cache<String, byte[]> kept,
      Function<Read, String> identities,
      Source root,
      Map<String, ?> data) {
    var base = base(root.version(), data);
    var trace = read(kept, base, TRACE).map(hit -> decoded(hit.value())).orElse(null);
    if (trace == null) {
      return Found.UNKNOWN;
    }
    var values = new HashMap<Read, Seen>();
    var key = key(base, trace, identities, data, values);
    if (key == null) {
      return Found.UNKNOWN;
    }
    return read(kept, key, OUTPUT)
        .map(hit -> new Found(hit.value(), hit.tier(), trace, Map.of()))
        .orElseGet(() -> new Found(null, "", trace, values));
  }

  /**
   * Keeps an output, if it is that of what was observed.
   *
   * @param name the template's, as the loader calls it
   * @param known what is kept as its trace already; null when nothing is
   * @param output UTF-8
   */
  void keep(Observation observation, String name, Trace known, byte[] output) {
    var identity = observation.identity(name);
    if (identity == null) {
      return;
    }
    var base = base(identity, observation.data());
    var trace = observation.trace();
    if (output != null && trace.isEncodable() && observation.isSound()) {
      var key = new Key(base, trace);
      observation.seen().forEach(key::add);
      var kept = cache.get();
      kept.put(key.finish(), stored(OUTPUT, output));
      if (!trace.equals(known)) {
        kept.put(base, stored(TRACE, trace.encode()));
      }
    }
  }

  private static String base(String identity, Map<String, ?> data) {
    return HexFormat.of()
        .formatHex(ValueDigest.ofTexts("base", identity, data.isEmpty() ? "empty" : "data"));
  }

  /**
   * The key of the output for what there is now; null when that is unknown.
   *
   * @param values given those of the data
   */
  private static String key(
      String base,
      Trace trace,
      Function<Read, String> identities,
      Map<String, ?> data,
      Map<Read, Seen> values) {
    var key = new Key(base, trace);
    try {
      for (var read : trace.reads()) {
        if (!read.kind().isData()) {
          var identity = identities.apply(read);
          if (identity == null) {
            return null;
          }
          key.add(Seen.identity(identity));
          continue;
        }
        var value = Seen.of(data, read);
        if (value == null) {
          return null;
        }
        key.add(value);
        values.put(read, value);
      }
    } catch (RuntimeException e) {
      // A template that has gone, or a repository that cannot be read: rendering reports it.
      return null;
    }
    return key.finish();
  }

  private static Trace decoded(byte[] bytes) {
    try {
      return Trace.decode(bytes);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Optional<Hit<byte[]>> read(Cache<String, byte[]> kept, String key, byte kind) {
    return kept.find(key)
        .filter(hit -> hit.value().length > 0 && hit.value()[0] == kind)
        .map(hit -> new Hit<>(Arrays.copyOfRange(hit.value(), 1, hit.value().length), hit.tier()));
  }

  private static byte[] stored(byte kind, byte[] content) {
    var stored = new byte[content.length + 1];
    stored[0] = kind;
    System.arraycopy(content, 0, stored, 1, content.length);
    return stored;
  }

  /** A key being put together. */
  private static final class Key {
    private final StringBuilder text;

    Key(String base, Trace trace) {
      text = new StringBuilder(base);
      text.append('\n').append(new String(trace.encode(), StandardCharsets.UTF_8));
    }

    void add(Seen value) {
      text.append('\n').append(HexFormat.of().formatHex(value.digest()));
    }

    String finish() {
      return HexFormat.of().formatHex(ValueDigest.ofTexts("output", text.toString()));
    }
  }
}

package dev.gitvan.template.internal.rendered;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rendering looked at, in order, without the values: the same values give the same output,
 * because each step of a rendering depends on what it has seen so far. Immutable.
 */
record Trace(List<Read> reads) {
  private static final String FIRST = "1";
  private static final int MAX_READS = 10_000;

  Trace {
    reads = List.copyOf(reads);
  }

  /** As it is stored. */
  byte[] encode() {
    var text = new StringBuilder(FIRST);
    for (var read : reads) {
      text.append('\n').append(read.kind().letter()).append(read.name());
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the names are still distinct once they are stored. */
  boolean isEncodable() {
    return reads.size() <= MAX_READS
        && reads.stream().allMatch(read -> read.name().indexOf('\n') < 0);
  }

  /**
   * @throws IllegalArgumentException when it is no trace
   */
  static Trace decode(byte[] bytes) {
    var lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    if (!lines[0].equals(FIRST)) {
      throw new IllegalArgumentException("not a trace");
    }
    var reads = new ArrayList<Read>(lines.length - 1);
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].isEmpty()) {
        throw new IllegalArgumentException("not a trace");
      }
      reads.add(new Read(Read.Kind.of(lines[i].charAt(0)), lines[i].substring(1)));
    }
    return new Trace(reads);
  }
}

package dev.gitvan.kernel.internal.run;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Makes ULIDs (github.com/ulid/spec): 48 bits of milliseconds, 80 random bits, in Crockford's base
 * 32. Those of one instance are ascending, also within a millisecond and when the clock steps back.
 */
final class Ulids {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private long millis = -1;
  private int high;
  private long low;

  Ulids(InstantSource clock) {
    this.clock = clock;
  }

  synchronized String next() {
    long now = clock.millis();
    if (now > millis) {
      millis = now;
      high = random.nextInt() & 0xFFFF;
      low = random.nextLong();
    } else if (++low == 0 && (++high & 0xFFFF) == 0) {
      // 2^80 ids in one millisecond: borrow from the next one.
      millis++;
    }
    return text();
  }

  private String text() {
    var text = new char[26];
    long time = millis;
    for (int i = 9; i >= 0; i--) {
      text[i] = DIGITS[(int) (time & 31)];
      time >>>= 5;
    }
    long bits = low;
    long rest = high & 0xFFFF;
    for (int i = 25; i >= 10; i--) {
      text[i] = DIGITS[(int) (bits & 31)];
      bits = bits >>> 5 | rest << 59;
      rest >>>= 5;
    }
    return new String(text);
  }
}

package dev.gitvan.template.internal.rendered;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.WeakHashMap;

/**
 * SHA-256 of a value as a template sees it. Equal digests mean equal outputs: the type of each
 * number is in it, a map's order (a loop shows it) and the class of whatever holds others. What the
 * platform does not define, or is not known to stay unchanged while it is read, has no digest. For
 * one thread.
 */
final class ValueDigest {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_BYTES = 1 << 20;

  /** Final classes of the platform whose text says all there is to them. */
  private static final Set<Class<?>> TEXTUAL =
      Set.of(
          Duration.class,
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class);

  private static final MessageDigest SHA_256 = sha256();

  /** The number of characters of a string that are written at once. */
  private static final int CHUNK = 512;

  private static final int BUFFER = 2048;

  private final MessageDigest digest;
  private final byte[] buffer = new byte[BUFFER];
  private final List<Class<?>> types = new ArrayList<>(4);
  private int held;
  private int total;

  private char[] chunk;

  private ValueDigest() {
    try {
      this.digest = (MessageDigest) SHA_256.clone(); // finding one takes longer
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The value has no digest. */
  private static final class NoDigest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDigest() {
      super(null, null, false, false);
    }
  }

  /** The digest of a value; null when it has none. */
  static byte[] of(Object value) {
    var digest = new ValueDigest();
    try {
      digest.add(value, 0);
      return digest.finish();
    } catch (RuntimeException e) {
      // Also what a map throws that is being changed.
      return null;
    }
  }

  private void add(Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new NoDigest();
    }
    if (value == null) {
      tag('0');
    } else if (value instanceof String text) {
      tag('s');
      text(text);
    } else if (value instanceof Boolean truth) {
      tag(truth ? 't' : 'f');
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Character c) {
      tag('c');
      number(c, 2);
    } else if (TEXTUAL.contains(value.getClass())) {
      tag('d');
      text(value.getClass().getName());
      text(value.toString());
    } else {
      structure(value, depth);
    }
  }

  private void number(Number number) {
    if (number instanceof Long n) {
      tag('l');
      number(n, 8);
    } else if (number instanceof Integer n) {
      tag('i');
      number(n, 4);
    } else if (number instanceof Double n) {
      tag('D');
      number(Double.doubleToRawLongBits(n), 8);
    } else if (number instanceof Float n) {
      tag('F');
      number(Float.floatToRawIntBits(n), 4);
    } else if (number instanceof Short n) {
      tag('h');
      number(n, 2);
    } else if (number instanceof Byte n) {
      tag('b');
      number(n, 1);
    } else if (number.getClass() == BigInteger.class) {
      tag('I');
      bytes(((BigInteger) number).toByteArray());
    } else if (number.getClass() == BigDecimal.class) {
      var n = (BigDecimal) number;
      tag('B');
      number(n.scale(), 4);
      bytes(n.unscaledValue().toByteArray());
    } else {
      throw new NoDigest();
    }
  }

  private void structure(Object value, int depth) {
    if (!isKnown(value.getClass())
        || value instanceof IdentityHashMap
        || value instanceof WeakHashMap
        || value instanceof SortedMap<?, ?> map && map.comparator() != null
        || value instanceof SortedSet<?> set && set.comparator() != null) {
      throw new NoDigest();
    }
    if (value instanceof Map<?, ?> map) {
      tag('m');
      type(value.getClass());
      for (var entry : map.entrySet()) {
        tag('e');
        add(entry.getKey(), depth + 1);
        add(entry.getValue(), depth + 1);
      }
      tag('.');
    } else if (value instanceof Collection<?> items) {
      tag('a');
      type(value.getClass());
      for (var item : items) {
        tag('e');
        add(item, depth + 1);
      }
      tag('.');
    } else {
      throw new NoDigest();
    }
  }

  private static boolean isKnown(Class<?> type) {
    var name = type.getName();
    return name.startsWith("java.util.") && !name.startsWith("java.util.concurrent.");
  }

  /** A class: by its name the first time, then by its number. */
  private void type(Class<?> type) {
    int number = types.indexOf(type);
    if (number < 0) {
      number(types.size(), 4);
      types.add(type);
      text(type.getName());
    } else {
      number(number, 4);
    }
  }

  /** A string in chunks, each as bytes if its characters are such, else as pairs of bytes. */
  private void text(String text) {
    int length = text.length();
    number(length, 4);
    if (chunk == null) {
      chunk = new char[CHUNK];
    }
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      text.getChars(from, from + count, chunk, 0);
      int all = 0;
      for (int i = 0; i < count; i++) {
        all |= chunk[i];
      }
      boolean narrow = all < 256;
      require(1 + (narrow ? count : 2 * count));
      int at = held;
      buffer[at++] = (byte) (narrow ? 1 : 2);
      for (int i = 0; i < count; i++) {
        if (!narrow) {
          buffer[at++] = (byte) (chunk[i] >> 8);
        }
        buffer[at++] = (byte) chunk[i];
      }
      held = at;
    }
  }

  private void bytes(byte[] bytes) {
    number(bytes.length, 4);
    flush();
    update(bytes, bytes.length);
  }

  private void tag(char tag) {
    number(tag, 1);
  }

  private void number(long number, int size) {
    require(size);
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
      buffer[held++] = (byte) (number >> shift);
    }
  }

  private void require(int room) {
    if (buffer.length - held < room) {
      flush();
    }
  }

  private void flush() {
    update(buffer, held);
    held = 0;
  }

  private void update(byte[] bytes, int length) {
    total += length;
    if (total > MAX_BYTES) {
      throw new NoDigest();
    }
    digest.update(bytes, 0, length);
  }

  private byte[] finish() {
    flush();
    return digest.digest();
  }

  /** SHA-256 of strings, each apart from the next. */
  static byte[] ofTexts(String... texts) {
    var digest = new ValueDigest();
    for (var text : texts) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.bytes(bytes);
    }
    return digest.finish();
  }
}

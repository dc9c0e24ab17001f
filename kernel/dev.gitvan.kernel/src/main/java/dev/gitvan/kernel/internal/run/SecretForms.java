package dev.gitvan.kernel.internal.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The forms in which a secret is found in text: unchanged, each of its lines, escaped as in JSON,
 * URL-encoded, and in Base64, alone or within a longer value such as {@code user:password}.
 */
final class SecretForms {
  /** Shorter ones would make other text unreadable. */
  private static final int MIN_CHARS = 4;

  /** Shorter parts of Base64 are too likely in other text. */
  private static final int MIN_BASE64_CHARS = 8;

  private SecretForms() {}

  /** The forms of a secret; none if it has fewer than {@value #MIN_CHARS} characters. */
  static Set<String> of(String secret) {
    var forms = new LinkedHashSet<String>();
    addForms(secret, forms);
    secret.lines().map(String::strip).forEach(line -> addForms(line, forms));
    return forms;
  }

  private static void addForms(String value, Set<String> forms) {
    if (value.length() < MIN_CHARS) {
      return;
    }
    forms.add(value);
    forms.add(jsonEscaped(value));
    var encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    forms.add(encoded);
    forms.add(encoded.replace("+", "%20"));
    addBase64(value.getBytes(StandardCharsets.UTF_8), forms);
  }

  private static String jsonEscaped(String value) {
    var escaped = new StringBuilder(value.length() + 8);
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (c < ' ') {
            escaped.append(String.format("\\u%04x", (int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  /**
   * Within a longer value, a secret begins at one of three positions in a group of three bytes; the
   * first and the last character may then have bits of its neighbours, and are left out.
   */
  private static void addBase64(byte[] secret, Set<String> forms) {
    for (int offset = 0; offset < 3; offset++) {
      var bytes = new byte[offset + secret.length];
      System.arraycopy(secret, 0, bytes, offset, secret.length);
      int from = offset == 0 ? 0 : offset + 1;
      int to = bytes.length * 8 / 6;
      if (to - from >= MIN_BASE64_CHARS) {
        for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
          forms.add(encoder.encodeToString(bytes).substring(from, to));
        }
      }
    }
    forms.add(Base64.getEncoder().encodeToString(secret));
  }
}

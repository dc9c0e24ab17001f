package dev.gitvan.diagnostics;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds credentials by their published formats, and replaces them by {@value #MASK}. It knows:
 *
 * <ul>
 *   <li>GitHub's tokens ("Behind GitHub's new authentication token formats", GitHub blog, 2021)
 *   <li>GitLab's tokens (GitLab documentation, "Token overview", section "Token prefixes")
 *   <li>ids of AWS access keys (AWS IAM user guide, "IAM identifiers")
 *   <li>Slack's tokens (Slack API documentation, "Token types")
 *   <li>Google's API keys, npm's access tokens and Stripe's live keys (GitHub documentation,
 *       "Supported secret scanning patterns")
 *   <li>JSON Web Tokens (RFC 7519) in compact form (RFC 7515)
 *   <li>private keys in PEM (RFC 7468)
 *   <li>the password in {@code scheme://user:password@host} (RFC 3986, section 3.2.1)
 * </ul>
 *
 * <p>The time is linear in the length of the text. Stateless.
 */
public final class TokenFormats {
  /** The replacement of a credential. */
  public static final String MASK = "***";

  /** The replacement keeps the first group, if the pattern has one. */
  private record Format(String marker, Pattern pattern, String replacement) {
    private static Format token(String marker, String regex) {
      return new Format(marker, Pattern.compile("(?<![A-Za-z0-9_])" + regex), MASK);
    }

    private String mask(String text) {
      return text.contains(marker) ? pattern.matcher(text).replaceAll(replacement) : text;
    }
  }

  private static final List<Format> FORMATS =
      List.of(
          Format.token("gh", "gh[pousr]_[A-Za-z0-9_]{20,255}+"),
          Format.token("github_pat_", "github_pat_[A-Za-z0-9_]{20,255}+"),
          Format.token(
              "gl", "gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|soat|ffct)-[A-Za-z0-9_.-]{20,300}+"),
          Format.token("AKIA", "AKIA[A-Z0-9]{16}(?![A-Za-z0-9])"),
          Format.token("ASIA", "ASIA[A-Z0-9]{16}(?![A-Za-z0-9])"),
          Format.token("xox", "xox[abprs]-[A-Za-z0-9-]{10,250}+"),
          Format.token("AIza", "AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
          Format.token("npm_", "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
          Format.token("sk_live_", "sk_live_[A-Za-z0-9]{16,250}+"),
          Format.token("eyJ", "eyJ[\\w-]{8,}+\\.eyJ[\\w-]{8,}+\\.[\\w-]{8,}+"),
          new Format(
              "PRIVATE KEY",
              Pattern.compile(
                  "-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----[^-]*+"
                      + "(?:-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----)?"),
              MASK),
          new Format(
              "://", Pattern.compile("(://[^\\s/:@?#\"'<>]*+:)[^\\s/\"'<>]+(?=@)"), "$1" + MASK));

  private TokenFormats() {}

  /** The text with every credential of a known format replaced; the same text if it has none. */
  public static String mask(String text) {
    var masked = text;
    for (var format : FORMATS) {
      masked = format.mask(masked);
    }
    return masked;
  }
}

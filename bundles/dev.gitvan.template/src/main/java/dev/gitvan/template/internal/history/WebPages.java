package dev.gitvan.template.internal.history;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The pages that a forge has for a repository, by the URL that Git fetches from. GitLab and
 * Bitbucket are known by the name of the host; others are like GitHub, as Gitea and Forgejo are.
 * Immutable.
 */
public final class WebPages {
  /** The pages of a repository that is on no forge: none. */
  public static final WebPages NONE = new WebPages("");

  private static final String HOST = "(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)";
  private static final String PATH = "/*(?<path>[A-Za-z0-9._~+-]+(?:/[A-Za-z0-9._~+-]+)+)/*";

  /** Name and password are not part of a page's address, nor is the port of an SSH server. */
  private static final List<Pattern> URLS =
      List.of(
          Pattern.compile("(?<scheme>https?)://(?:[^/@]*@)?" + HOST + "(?<port>:[0-9]+)?/" + PATH),
          Pattern.compile(
              "(?:ssh|git|git\\+ssh|ssh\\+git)://(?:[^/@]*@)?" + HOST + "(?::[0-9]+)?/" + PATH),
          Pattern.compile("(?:[^/@:]+@)" + HOST + ":(?!/)" + PATH));

  private final String root;

  private WebPages(String root) {
    this.root = root;
  }

  /** The pages of the repository that a URL leads to; {@link #NONE} for a folder. */
  public static WebPages of(String url) {
    for (int i = 0; i < URLS.size(); i++) {
      var match = URLS.get(i).matcher(url);
      if (match.matches()) {
        var server = "https://" + match.group("host");
        if (i == 0) {
          var port = match.group("port");
          server = match.group("scheme") + "://" + match.group("host") + (port == null ? "" : port);
        }
        return new WebPages(server + "/" + match.group("path").replaceFirst("\\.git$", ""));
      }
    }
    return NONE;
  }

  /** The repository's page; empty if it has none, as are all others then. */
  public String root() {
    return root;
  }

  /** The page of a commit. */
  public String commit(String id) {
    return page(
        switch (kind()) {
          case GITHUB -> "/commit/" + id;
          case GITLAB -> "/-/commit/" + id;
          case BITBUCKET -> "/commits/" + id;
        });
  }

  /**
   * The page of a release: what changed since the one before, or the tag if it is the first.
   *
   * @param previous a tag; empty if there is none
   * @param tag empty for what is unreleased
   */
  public String release(String previous, String tag) {
    var to = encoded(tag.isEmpty() ? "HEAD" : tag);
    if (previous.isEmpty()) {
      return tag.isEmpty()
          ? ""
          : page(
              switch (kind()) {
                case GITHUB -> "/releases/tag/" + to;
                case GITLAB -> "/-/tags/" + to;
                case BITBUCKET -> "/src/" + to;
              });
    }
    var from = encoded(previous);
    return page(
        switch (kind()) {
          case GITHUB -> "/compare/" + from + "..." + to;
          case GITLAB -> "/-/compare/" + from + "..." + to;
          case BITBUCKET -> "/branches/compare/" + to + "%0D" + from;
        });
  }

  private String page(String path) {
    return root.isEmpty() ? "" : root + path;
  }

  private enum Kind {
    GITHUB,
    GITLAB,
    BITBUCKET
  }

  private Kind kind() {
    var host = root.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("/.*", "");
    return host.contains("gitlab")
        ? Kind.GITLAB
        : host.contains("bitbucket") ? Kind.BITBUCKET : Kind.GITHUB;
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
  }
}

package dev.gitvan.git.jgit.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;

/**
 * The people and the message of a commit or tag as {@code git log} shows them (git:pretty.c): in
 * UTF-8 whatever the object's encoding, the message up to the first NUL.
 */
public final class ObjectText {
  private final byte[] bytes;
  private final int message;
  private final String encoding;
  private Parts parts;

  private record Parts(String subject, String body) {}

  private ObjectText(byte[] bytes) {
    this.bytes = bytes;
    int at = 0;
    var named = "";
    while (at < bytes.length && bytes[at] != '\n') {
      int end = lineEnd(at);
      if (named.isEmpty() && startsWith("encoding ", at)) {
        named = new String(bytes, at + 9, end - at - 9, StandardCharsets.US_ASCII).trim();
      }
      at = Math.min(end + 1, bytes.length);
    }
    this.message = Math.min(at + 1, bytes.length);
    this.encoding = named;
  }

  /**
   * @param commit with its body
   */
  public static ObjectText of(RevCommit commit) {
    return new ObjectText(commit.getRawBuffer());
  }

  /**
   * @param tag with its body
   */
  public static ObjectText of(RevTag tag) {
    return new ObjectText(tag.getRawBuffer());
  }

  /** The author of a commit. */
  public Ident author() {
    return ident("author ");
  }

  /** The committer of a commit. */
  public Ident committer() {
    return ident("committer ");
  }

  /** Who made a tag. */
  public Ident tagger() {
    return ident("tagger ");
  }

  private Ident ident(String key) {
    for (int at = 0; at < message - 1; at = lineEnd(at) + 1) {
      if (startsWith(key, at)) {
        return Ident.of(text(at + key.length(), lineEnd(at)));
      }
    }
    return Ident.NONE;
  }

  /** The whole message. */
  public String message() {
    int end = message;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return text(message, end);
  }

  /** {@code %s}: the first paragraph on one line. */
  public String subject() {
    return parts().subject();
  }

  /** {@code %b} without the line ends at its end: what follows the first paragraph. */
  public String body() {
    return parts().body();
  }

  private Parts parts() {
    if (parts == null) {
      parts = split(message());
    }
    return parts;
  }

  private static Parts split(String message) {
    int at = afterBlankLines(message, 0);
    var subject = new StringBuilder();
    while (at < message.length()) {
      int next = next(message, at);
      var line = Messages.stripTrailing(message.substring(at, next));
      at = next;
      if (line.isEmpty()) {
        break;
      }
      subject.append(subject.isEmpty() ? "" : " ").append(line);
    }
    int end = message.length();
    int body = afterBlankLines(message, at);
    while (end > body && message.charAt(end - 1) == '\n') {
      end--;
    }
    return new Parts(subject.toString(), message.substring(body, end));
  }

  private static int afterBlankLines(String message, int from) {
    int at = from;
    while (at < message.length()) {
      int next = next(message, at);
      if (!Messages.stripTrailing(message.substring(at, next)).isEmpty()) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** Where the next line begins. */
  private static int next(String message, int at) {
    int end = message.indexOf('\n', at);
    return end < 0 ? message.length() : end + 1;
  }

  private String text(int from, int to) {
    return encoding.isEmpty()
        ? GitText.prose(bytes, from, to)
        : GitText.prose(bytes, from, to, encoding);
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean startsWith(String key, int at) {
    var wanted = key.getBytes(StandardCharsets.US_ASCII);
    int end = at + wanted.length;
    return end <= bytes.length && Arrays.equals(bytes, at, end, wanted, 0, wanted.length);
  }
}

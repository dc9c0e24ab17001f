package dev.gitvan.git;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A commit.
 *
 * @param id object id
 * @param date author date, with the author's offset
 * @param subject the message's first paragraph, on one line
 * @param body the rest of the message, without surrounding blank lines
 */
public record Commit(
    String id,
    List<String> parents,
    String author,
    String email,
    OffsetDateTime date,
    String subject,
    String body) {
  /** The first seven digits of the id. */
  public String shortId() {
    return id.substring(0, 7);
  }
}

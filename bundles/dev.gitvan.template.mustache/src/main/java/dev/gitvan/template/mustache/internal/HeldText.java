package dev.gitvan.template.mustache.internal;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.StringWriter;

/** What a section renders for a filter, held in memory up to a limit. For one thread. */
final class HeldText extends StringWriter {
  private static final long MAX = 8 << 20;

  private final String place;
  private final long limit;

  /**
   * @param place of the section
   * @param maxOutput limit of an output, in bytes
   */
  HeldText(String place, long maxOutput) {
    this.place = place;
    this.limit = Math.min(maxOutput, MAX);
  }

  /** The only way in which {@link Output} writes. */
  @Override
  public StringWriter append(CharSequence text) {
    check(text.length());
    return super.append(text);
  }

  private void check(int added) {
    if ((long) getBuffer().length() + added > limit) {
      throw GitVanException.of(
          Codes.TEMPLATE_OUTPUT_LIMIT,
          place,
          "the text for a filter is over " + Quantities.format(limit) + ", the limit",
          "Filter less at once.");
    }
  }
}

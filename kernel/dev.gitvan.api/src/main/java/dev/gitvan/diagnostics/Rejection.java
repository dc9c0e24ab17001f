package dev.gitvan.diagnostics;

/**
 * A contribution that a registry rejected.
 *
 * @param registry the registry: {@code job}, {@code hook}, {@code cache}, ...
 * @param contribution the contribution's name, or its class if it has no name
 * @param bundle symbolic name and version of the contributing bundle
 * @param code stable reason code, such as {@code NAME_MISSING} or {@code SHADOWED}
 * @param reason the reason, in one sentence
 */
public record Rejection(
    String registry, String contribution, String bundle, String code, String reason) {
  /** Reason code: a plugin replaces it, as the user's configuration allows. */
  public static final String REPLACED = "REPLACED";

  /** Whether the user wanted it so, and nothing is to be done. */
  public boolean isIntended() {
    return code.equals(REPLACED);
  }
}

package dev.gitvan.diagnostics;

/**
 * A contribution that a registry saw and did not take.
 *
 * @param registry which registry: {@code job}, {@code hook}, {@code cache}, ...
 * @param contribution the contribution's name, or its class when it has none
 * @param bundle symbolic name and version of the contributing bundle
 * @param code stable reason code, such as {@code NAME_MISSING} or {@code SHADOWED}
 * @param reason what is wrong, one sentence
 */
public record Rejection(
    String registry, String contribution, String bundle, String code, String reason) {}

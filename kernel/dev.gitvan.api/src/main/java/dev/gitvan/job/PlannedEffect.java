package dev.gitvan.job;

/**
 * An effect that a real run would have.
 *
 * @param kind {@code write}, {@code commit}, {@code tag}, {@code note}, {@code ref}, {@code git},
 *     {@code run}, {@code job}
 * @param subject the path, ref, command or job
 * @param detail a unified diff, a message or other multi-line text; or empty
 */
public record PlannedEffect(String kind, String subject, String detail) {}

package dev.gitvan.job;

/**
 * Something that a dry run would have done.
 *
 * @param kind {@code write}, {@code commit}, {@code tag}, {@code note}, {@code ref}, {@code git},
 *     {@code run}, {@code job}
 * @param subject the path, ref, command or job
 * @param detail a unified diff, a message or other text of several lines; or empty
 */
public record PlannedEffect(String kind, String subject, String detail) {}

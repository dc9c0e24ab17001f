package dev.gitvan.job;

import java.time.Duration;

/**
 * A finished step.
 *
 * @param type such as {@code template}
 * @param name its name, or its type
 * @param message what it did, for people: one line, or empty
 */
public record StepReport(
    String type, String name, StepStatus status, Duration duration, String message) {}

package dev.gitvan.job;

import java.time.Duration;

/**
 * A finished step.
 *
 * @param type such as {@code template}
 * @param name the step's name, or its type
 * @param message result in one line, for people; or empty
 */
public record StepReport(
    String type, String name, StepStatus status, Duration duration, String message) {}

package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionGoneException;
import dev.gitvan.template.spi.Arguments;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A filter or function that is installed.
 *
 * @param identity what its results depend on, see {@link ContributionIdentity}
 * @param <S> the service's type
 */
record InstalledExtension<S>(
    ExtensionKind<S> kind, Extension<S, ExtensionProperties> extension, Supplier<String> identity) {

  private static final String CHECK = "Check the values that it is given.";

  InstalledExtension(ExtensionKind<S> kind, Extension<S, ExtensionProperties> extension) {
    this(kind, extension, ContributionIdentity.ofExtension(extension));
  }

  String name() {
    return extension.name();
  }

  boolean reproducible() {
    return extension.description().reproducible();
  }

  private String title() {
    return kind.word() + " " + name();
  }

  /** See {@link dev.gitvan.template.spi.TemplateExtension#check}. */
  Optional<Problem> check(String place, int positional, Collection<String> named) {
    var parameters = extension.description().parameters();
    if (positional > parameters.size()) {
      return syntax(
          place,
          title() + " takes " + count(parameters.size()) + ", and is given " + positional,
          known(parameters));
    }
    var given = new HashSet<>(parameters.subList(0, positional));
    for (var name : named) {
      if (!parameters.contains(name)) {
        return syntax(
            place,
            title() + " has no argument " + name,
            Nearest.sentence(name, parameters, known(parameters)));
      }
      if (!given.add(name)) {
        return syntax(place, title() + " is given " + name + " twice", "Remove one of them.");
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> syntax(String place, String what, String remedy) {
    return Optional.of(new Problem(Codes.TEMPLATE_SYNTAX, place, what, remedy));
  }

  private static String count(int number) {
    return switch (number) {
      case 0 -> "no arguments";
      case 1 -> "1 argument at most";
      default -> number + " arguments at most";
    };
  }

  private static String known(List<String> parameters) {
    return parameters.isEmpty()
        ? "Remove it."
        : "The arguments are " + String.join(", ", parameters) + ".";
  }

  /**
   * Calls it, with arguments that were checked.
   *
   * @throws ExtensionGoneException when it was removed or replaced since it was found
   * @throws GitVanException {@code TEMPLATE_FAILED}, {@code INTERRUPTED}
   */
  Object call(String place, Object input, List<?> positional, Map<String, ?> named)
      throws ExtensionGoneException {
    try {
      if (kind == ExtensionKind.FILTER && input == null) {
        return null;
      }
      var plain = PlainValues.given(input);
      var arguments = arguments(positional, named);
      var answer = extension.call(service -> kind.call().on(service, plain, arguments));
      if (answer.failure() instanceof ExtensionGoneException gone) {
        throw gone;
      }
      if (answer.failure() != null) {
        throw failure(place, answer.failure());
      }
      return PlainValues.returned(answer.value());
    } catch (PlainValues.NotPlainException e) {
      throw failed(place, e.getMessage(), e.isGiven() ? CHECK : "Report it to its author.", e);
    }
  }

  private Arguments arguments(List<?> positional, Map<String, ?> named) {
    if (positional.isEmpty() && named.isEmpty()) {
      return Arguments.NONE;
    }
    var values = new LinkedHashMap<String, Object>();
    var parameters = extension.description().parameters();
    for (int i = 0; i < positional.size(); i++) {
      values.put(parameters.get(i), PlainValues.given(positional.get(i)));
    }
    named.forEach((name, value) -> values.put(name, PlainValues.given(value)));
    return new Arguments(values);
  }

  private GitVanException failure(String place, Throwable failure) {
    if (failure instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return GitVanException.of(Codes.INTERRUPTED, place, "rendering was interrupted", "");
    }
    var message = failure.getMessage();
    var reason = message == null || message.isBlank() ? failure.getClass().getName() : message;
    return failure instanceof IllegalArgumentException
        ? failed(place, reason, CHECK, failure)
        : failed(place, reason, "Report it to its author; -v shows the stack trace.", failure);
  }

  private GitVanException failed(String place, String reason, String remedy, Throwable cause) {
    return new Problem(
            Codes.TEMPLATE_FAILED,
            place,
            title() + " of " + extension.bundle() + " failed: " + reason,
            remedy)
        .toException(cause);
  }
}

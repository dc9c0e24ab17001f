package dev.gitvan.kernel.internal.run;

import static dev.gitvan.diagnostics.TokenFormats.MASK;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.TokenFormats;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunEvent;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.StepReport;
import dev.gitvan.job.Trigger;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Replaces the secrets of a run, and of the runs that it calls, by {@code ***} in everything that
 * leaves them. It knows the values of secret inputs and what jobs declare secret, each also as
 * {@link SecretForms} has it, and credentials of {@linkplain TokenFormats known formats}. Safe for
 * any thread.
 */
final class Masks {
  private static final Pattern KEY_BEGINS =
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,60}PRIVATE KEY-----");
  private static final String KEY_ENDS = "-----END ";

  /** A line of a private key in PEM: Base64, or a header such as {@code Proc-Type}. */
  private static final Pattern KEY_LINE =
      Pattern.compile("\\s*+(?:[A-Za-z0-9+/=]*+|[\\w-]+: .*)\\s*+");

  private final Set<String> hidden = ConcurrentHashMap.newKeySet();

  /** Streams that are between the first and the last line of a private key. */
  private final Set<String> insideKey = ConcurrentHashMap.newKeySet();

  /**
   * Hides a value, or the values in a list or mapping.
   *
   * @param value null hides nothing
   */
  void add(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(this::add);
    } else if (value instanceof Collection<?> items) {
      items.forEach(this::add);
    } else if (value instanceof String || value instanceof Number) {
      hidden.addAll(SecretForms.of(value.toString()));
    }
  }

  /** Hides the values of a run's secret inputs. */
  void addSecrets(JobDefinition definition, Map<String, Object> inputs) {
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              if (input.secret()) {
                add(inputs.get(name));
              }
            });
  }

  String text(String text) {
    return TokenFormats.mask(withoutHidden(text));
  }

  /** Hides every character that any occurrence of a secret covers: secrets may overlap. */
  private String withoutHidden(String text) {
    BitSet covered = null;
    for (var secret : hidden) {
      for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        covered = covered == null ? new BitSet(text.length()) : covered;
        covered.set(at, at + secret.length());
      }
    }
    if (covered == null) {
      return text;
    }
    var masked = new StringBuilder(text.length());
    int end = 0;
    for (int start = covered.nextSetBit(0); start >= 0; start = covered.nextSetBit(end)) {
      masked.append(text, end, start).append(MASK);
      end = covered.nextClearBit(start);
    }
    return masked.append(text, end, text.length()).toString();
  }

  /** A value with its strings, numbers and keys masked. */
  private Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      var masked = new LinkedHashMap<String, Object>();
      map.forEach((key, item) -> masked.put(text(String.valueOf(key)), value(item)));
      return Collections.unmodifiableMap(masked);
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(this::value).toList();
    }
    if (value instanceof String text) {
      return text(text);
    }
    return value instanceof Number && hidden.contains(value.toString()) ? MASK : value;
  }

  /** The inputs of a run, the secret ones masked whatever they are. */
  Map<String, Object> inputs(JobDefinition definition, Map<String, Object> inputs) {
    var masked = new LinkedHashMap<String, Object>();
    declared(definition, inputs).forEach((name, value) -> masked.put(name, value(value)));
    return Collections.unmodifiableMap(masked);
  }

  /** Inputs with only those masked that their job declares secret. */
  static Map<String, Object> declared(JobDefinition definition, Map<String, Object> inputs) {
    var masked = new LinkedHashMap<String, Object>(inputs);
    masked.replaceAll(
        (name, value) -> {
          var input = definition.inputs().get(name);
          return value != null && input != null && input.secret() ? MASK : value;
        });
    return Collections.unmodifiableMap(masked);
  }

  /**
   * @param problem null: none
   */
  Problem problem(Problem problem) {
    return problem == null ? null : problem.withTexts(this::text);
  }

  /** A receipt whose inputs are masked already. */
  Receipt receipt(Receipt receipt) {
    var trigger = receipt.trigger();
    return receipt.toBuilder()
        .trigger(
            new Trigger(
                trigger.kind(),
                trigger.ref(),
                text(trigger.detail()),
                trigger.depth(),
                trigger.parent()))
        .error(problem(receipt.error()))
        .artifacts(
            receipt.artifacts().stream()
                .map(file -> new Artifact(text(file.path()), file.sha256(), file.bytes()))
                .toList())
        .steps(receipt.steps().stream().map(this::step).toList())
        .build();
  }

  private StepReport step(StepReport step) {
    return new StepReport(
        step.type(), text(step.name()), step.status(), step.duration(), text(step.message()));
  }

  RunEvent event(RunEvent event) {
    var run = event.run();
    var job = event.job();
    if (event instanceof RunEvent.Line line) {
      return new RunEvent.Line(run, job, line.stream(), line(run, line.stream(), line.text()));
    }
    if (event instanceof RunEvent.Started started) {
      var steps = started.steps().stream().map(this::text).toList();
      return new RunEvent.Started(run, job, started.parent(), steps, started.limit());
    }
    if (event instanceof RunEvent.StepStarted step) {
      return new RunEvent.StepStarted(run, job, step.type(), text(step.name()));
    }
    if (event instanceof RunEvent.StepFinished step) {
      return new RunEvent.StepFinished(run, job, step(step.report()));
    }
    if (event instanceof RunEvent.Planned planned) {
      var effect = planned.effect();
      return new RunEvent.Planned(
          run,
          job,
          new PlannedEffect(effect.kind(), text(effect.subject()), text(effect.detail())));
    }
    if (event instanceof RunEvent.Retrying retrying) {
      return new RunEvent.Retrying(run, job, retrying.attempt(), problem(retrying.problem()));
    }
    var finished = (RunEvent.Finished) event;
    return new RunEvent.Finished(run, job, receipt(finished.receipt()), finished.recorded());
  }

  /** A line of output: a private key is hidden from its first line to its last. */
  private String line(String run, StandardStream stream, String text) {
    var source = run + stream;
    if (KEY_BEGINS.matcher(text).find()) {
      if (!text.contains(KEY_ENDS)) {
        insideKey.add(source);
      }
    } else if (!insideKey.isEmpty() && insideKey.contains(source)) {
      if (KEY_LINE.matcher(text).matches()) {
        return MASK;
      }
      insideKey.remove(source);
      return text.contains(KEY_ENDS) ? MASK : text(text);
    }
    return text(text);
  }

  /**
   * What was thrown, unless a message in it has a secret: then a copy with the same stack traces,
   * whose messages are masked.
   *
   * @param thrown null: nothing
   */
  Throwable thrown(Throwable thrown) {
    var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
    return hasSecret(thrown, seen) ? new MaskedThrowable(thrown, this) : thrown;
  }

  private boolean hasSecret(Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return false;
    }
    var shown = thrown.toString();
    if (!text(shown).equals(shown) || hasSecret(thrown.getCause(), seen)) {
      return true;
    }
    for (var suppressed : thrown.getSuppressed()) {
      if (hasSecret(suppressed, seen)) {
        return true;
      }
    }
    return false;
  }
}

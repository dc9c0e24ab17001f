package dev.gitvan.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;

/**
 * What the launcher knows about bundles that do not run, and no other bundle can find out.
 *
 * <p>{@code gitvan diag} reads it from a service with object class {@link Supplier} and property
 * {@code gitvan.launch.report=true}. The supplier returns a {@code Map<String, Object>}, in which
 * only types of the JDK occur, since the launcher shares no other with the bundles:
 *
 * <table>
 * <caption>The report</caption>
 * <tr><th>key</th><th>type</th><th>value</th></tr>
 * <tr><td>{@code unreadable}</td><td>{@code Map<String, String>}</td><td>path of each file in
 * {@code bundles/} that could not be installed, and why, as a sentence without subject and full
 * stop</td></tr>
 * <tr><td>{@code failures}</td><td>{@code Map<Long, String>}</td><td>id of each bundle that could
 * not be started, and the stack trace</td></tr>
 * <tr><td>{@code idle}</td><td>{@code Set<Long>}</td><td>ids of the bundles that the launcher does
 * not start, or starts with the interactive shell only</td></tr>
 * </table>
 *
 * <p>Thread-safe.
 */
final class LaunchReport {
  private final Map<Path, String> unreadable = new LinkedHashMap<>();
  private final Map<Long, BundleException> failures = new ConcurrentHashMap<>();
  private final List<Long> idle = new CopyOnWriteArrayList<>();

  /** Registers the report as a service, and forgets the failure of a bundle that starts later. */
  void register(BundleContext context) {
    SynchronousBundleListener whenStarted =
        event -> {
          if (event.getType() == BundleEvent.STARTED) {
            failures.remove(event.getBundle().getBundleId());
          }
        };
    context.addBundleListener(whenStarted);
    var properties = new Hashtable<String, Object>();
    properties.put("gitvan.launch.report", true);
    Supplier<Map<String, Object>> report = this::toMap;
    context.registerService(Supplier.class, report, properties);
  }

  /** A file could not be installed. */
  synchronized void unreadable(Path file, String reason) {
    unreadable.put(file, reason);
  }

  /** A bundle could not be started. */
  void failed(Bundle bundle, BundleException failure) {
    failures.put(bundle.getBundleId(), failure);
  }

  /** A bundle is not started now. */
  void idle(Bundle bundle) {
    idle.add(bundle.getBundleId());
  }

  /** One sentence without full stop for each file that could not be installed. */
  synchronized List<String> unreadableFiles() {
    List<String> sentences = new ArrayList<>();
    unreadable.forEach((file, reason) -> sentences.add(file + " " + reason));
    return sentences;
  }

  /** Why bundles could not be started. */
  Collection<BundleException> failures() {
    return List.copyOf(failures.values());
  }

  private synchronized Map<String, Object> toMap() {
    Map<String, String> files = new LinkedHashMap<>();
    unreadable.forEach((file, reason) -> files.put(file.toString(), reason));
    Map<Long, String> traces = new HashMap<>();
    failures.forEach((id, failure) -> traces.put(id, stackTrace(failure)));
    Set<Long> notStarted = new HashSet<>(idle);
    return Map.of("unreadable", files, "failures", traces, "idle", notStarted);
  }

  private static String stackTrace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}

package dev.gitvan.shell.internal.diag;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/**
 * What GitVan's launcher knows about bundles that do not run; its {@code LaunchReport} documents
 * the service.
 *
 * @param isPresent whether GitVan's launcher has started the framework
 * @param unreadable files that could not be installed, and why
 * @param failures ids of bundles that could not be started, and the stack trace
 * @param idle ids of bundles that are not started on purpose
 */
record LaunchReport(
    boolean isPresent, Map<String, String> unreadable, Map<Long, String> failures, Set<Long> idle) {
  private static final String FILTER = "(gitvan.launch.report=true)";
  private static final LaunchReport ABSENT = new LaunchReport(false, Map.of(), Map.of(), Set.of());

  static LaunchReport read(BundleContext context) {
    try {
      var references = context.getServiceReferences(Supplier.class.getName(), FILTER);
      if (references == null) {
        return ABSENT;
      }
      try {
        return context.getService(references[0]) instanceof Supplier<?> supplier
            ? of((Map<?, ?>) supplier.get())
            : ABSENT;
      } finally {
        context.ungetService(references[0]);
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static LaunchReport of(Map<?, ?> report) {
    return new LaunchReport(
        true,
        (Map<String, String>) report.get("unreadable"),
        (Map<Long, String>) report.get("failures"),
        (Set<Long>) report.get("idle"));
  }
}

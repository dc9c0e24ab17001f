package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.ExtensionGoneException;
import dev.gitvan.template.internal.rendered.Watched;
import dev.gitvan.template.spi.TemplateExtension;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A filter or function in one use of a session: the same one until the end, unless that has gone;
 * its successor then takes over, and the output is not kept. For one thread.
 */
final class CalledExtension<S> implements TemplateExtension {
  private final Supplier<InstalledExtension<S>> current;
  private final Supplier<Watched> watched;
  private InstalledExtension<S> installed;

  /**
   * @param current what has the name now; null when nothing does
   * @param watched the rendering that is observed; null when none is
   */
  CalledExtension(
      InstalledExtension<S> installed,
      Supplier<InstalledExtension<S>> current,
      Supplier<Watched> watched) {
    this.installed = installed;
    this.current = current;
    this.watched = watched;
  }

  @Override
  public Optional<Problem> check(String place, int positional, Collection<String> named) {
    return installed.check(place, positional, named);
  }

  @Override
  public Object call(String place, Object input, List<?> positional, Map<String, ?> named) {
    while (true) {
      var problem = check(place, positional.size(), named.keySet());
      if (problem.isPresent()) {
        throw problem.get().toException();
      }
      try {
        record();
        return installed.call(place, input, positional, named);
      } catch (ExtensionGoneException e) {
        replace(place);
      }
    }
  }

  private void record() {
    var rendering = watched.get();
    if (rendering == null) {
      return;
    }
    if (installed.reproducible()) {
      rendering.called(installed.kind().read(), installed.name(), installed.identity().get());
    } else {
      rendering.calledUnreproducible();
    }
  }

  private void replace(String place) {
    var rendering = watched.get();
    if (rendering != null) {
      rendering.notLoaded();
    }
    var next = current.get();
    if (next == null || next.extension() == installed.extension()) {
      throw GitVanException.of(
          Codes.TEMPLATE_FAILED,
          place,
          "the "
              + installed.kind().word()
              + " "
              + installed.name()
              + (next == null ? " is not installed any more" : " cannot be activated"),
          "Install its bundle again; gitvan diag shows what is missing.");
    }
    installed = next;
  }
}

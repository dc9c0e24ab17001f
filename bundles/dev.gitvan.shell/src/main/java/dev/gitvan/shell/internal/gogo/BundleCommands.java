package dev.gitvan.shell.internal.gogo;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.shell.internal.diag.RealCause;
import dev.gitvan.shell.internal.diag.SystemCheck;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * {@code install}, {@code start} and {@code update} of the interactive shell, with failures that
 * are explained as {@code gitvan diag} does. They take the arguments of Felix's commands, which
 * stay available as {@code felix:start} and so on.
 */
final class BundleCommands {
  private final BundleContext context;

  BundleCommands(BundleContext context) {
    this.context = context;
  }

  /** {@code install URL...}. */
  Object install(CommandSession session, List<String> arguments) {
    require(!arguments.isEmpty(), "install", "the URL of a bundle is missing");
    var ids = new ArrayList<String>();
    for (var url : arguments) {
      ids.add(String.valueOf(install(session, url).getBundleId()));
    }
    return "Bundle ID: " + String.join(", ", ids);
  }

  /** {@code start [-t] [-p] ID|URL...}. */
  Object start(CommandSession session, List<String> arguments) {
    int options = 0;
    var targets = new ArrayList<Bundle>();
    for (var argument : arguments) {
      switch (argument) {
        case "-t", "--transient" -> options |= Bundle.START_TRANSIENT;
        case "-p", "--policy" -> options |= Bundle.START_ACTIVATION_POLICY;
        default ->
            targets.add(isId(argument) ? bundle("start", argument) : install(session, argument));
      }
    }
    require(!targets.isEmpty(), "start", "the id or URL of a bundle is missing");
    for (var target : targets) {
      try {
        target.start(options);
      } catch (BundleException e) {
        throw failure(target, e);
      }
    }
    return null;
  }

  /** {@code update ID [URL]}. */
  Object update(CommandSession session, List<String> arguments) {
    require(
        arguments.size() == 1 || arguments.size() == 2,
        "update",
        "the id of a bundle, and optionally a URL, is expected");
    var bundle = bundle("update", arguments.get(0));
    try {
      if (arguments.size() == 1) {
        bundle.update();
      } else {
        var url = url(session, arguments.get(1));
        try (var stream = URI.create(url).toURL().openStream()) {
          bundle.update(stream);
        } catch (IOException | IllegalArgumentException e) {
          throw unreadable(url, e);
        }
      }
      return null;
    } catch (BundleException e) {
      throw failure(bundle, e);
    }
  }

  private Bundle install(CommandSession session, String target) {
    var url = url(session, target);
    try {
      return context.installBundle(url);
    } catch (BundleException | IllegalArgumentException e) {
      throw unreadable(url, e);
    }
  }

  /** A path is relative to the session's directory. */
  private static String url(CommandSession session, String target) {
    try {
      return session.currentDir().toUri().resolve(target).toString();
    } catch (IllegalArgumentException e) {
      throw unreadable(target, e);
    }
  }

  private static GitVanException unreadable(String url, Exception failure) {
    return new Problem(
            Codes.PLUGIN_ARCHIVE,
            url,
            "cannot be installed: " + RealCause.of(failure).words(),
            "Pass a jar file that is a bundle.")
        .toException(failure);
  }

  private static boolean isId(String text) {
    return text.matches("\\d{1,18}");
  }

  private Bundle bundle(String command, String id) {
    var bundle = isId(id) ? context.getBundle(Long.parseLong(id)) : null;
    require(bundle != null, command, "there is no bundle with the id " + id);
    return bundle;
  }

  private GitVanException failure(Bundle bundle, BundleException failure) {
    var name = bundle.getSymbolicName() + " " + bundle.getVersion();
    var finding = SystemCheck.findingOf(context, bundle);
    if (bundle.getState() == Bundle.INSTALLED && finding.isPresent()) {
      return new Problem(
              Codes.PLUGIN_UNRESOLVED,
              name,
              String.join("; ", finding.get().details()),
              finding.get().remedy())
          .toException(failure);
    }
    return new Problem(
            Codes.PLUGIN_START_FAILED,
            name,
            RealCause.of(failure).words(),
            "Remove the cause, or report it to the author of the bundle.")
        .toException(failure);
  }

  private static void require(boolean condition, String command, String what) {
    if (!condition) {
      throw GitVanException.of(Codes.USAGE, command, what, "See help " + command + ", and lb.");
    }
  }
}

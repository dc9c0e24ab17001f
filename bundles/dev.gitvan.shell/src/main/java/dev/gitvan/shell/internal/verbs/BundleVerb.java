package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.shell.internal.Call;
import dev.gitvan.swap.BundleSwaps;
import dev.gitvan.swap.SwapRequest;
import dev.gitvan.swap.SwapRequest.Kind;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan bundle}: replaces, restarts and stops bundles without losing a run. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "bundle", description = "Replace, restart and stop bundles of a running system")
@Command(
    name = "bundle",
    description = {
      "Replace, restart and stop bundles of a running system without losing a run. Use it in gitvan shell.",
      "A bundle is stopped when the runs that use it have ended. New runs use the new version, or wait."
    })
public final class BundleVerb extends VerbSupport {
  private static final List<String> HEADER = List.of("id", "bundle", "version", "state");

  private final BundleContext context;
  private final BundleSwaps swaps;

  @Activate
  public BundleVerb(BundleContext context, @Reference BundleSwaps swaps) {
    this.context = context;
    this.swaps = swaps;
  }

  /** The bundle that a command is about. */
  static final class Target {
    @Parameters(paramLabel = "BUNDLE", description = "symbolic name (the newest version) or id")
    String name;
  }

  /** How long runs may take to end. */
  static final class Limit {
    @Option(
        names = "--limit",
        paramLabel = "DURATION",
        defaultValue = "60s",
        description = "how long to wait for runs that use the bundle (default: 60s)")
    String text;

    Duration duration() {
      return Quantities.duration(text)
          .orElseThrow(
              () ->
                  GitVanException.of(
                      Codes.USAGE,
                      "--limit " + text,
                      "invalid duration",
                      "Write for example 30s or 5m."));
    }
  }

  @Command(name = "list", description = "List the installed bundles.")
  int list() {
    var bundles =
        Arrays.stream(context.getBundles())
            .sorted(Comparator.comparing(Bundle::getSymbolicName).thenComparing(Bundle::getVersion))
            .toList();
    if (console().json()) {
      console()
          .json("gitvan.bundles.v1", Map.of("bundles", bundles.stream().map(this::map).toList()));
    } else {
      console()
          .table(
              HEADER,
              bundles.stream()
                  .map(
                      bundle ->
                          List.of(
                              String.valueOf(bundle.getBundleId()),
                              bundle.getSymbolicName(),
                              bundle.getVersion().toString(),
                              state(bundle)))
                  .toList());
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "replace",
      description = {
        "Start a new version next to the old one. New runs use it at once; the old version is"
            + " uninstalled when the last run that uses it has ended.",
        "A bundle that other bundles are wired to, such as an API, is updated in place."
      })
  int replace(
      @picocli.CommandLine.Mixin Target target,
      @Parameters(index = "1", paramLabel = "JAR", description = "file of the new version")
          String jar,
      @picocli.CommandLine.Mixin Limit limit) {
    return swap(SwapRequest.of(Kind.REPLACE, find(target.name), file(jar)), limit);
  }

  @Command(
      name = "update",
      description = "Update a bundle in place when no run uses it any more. New runs wait.")
  int update(
      @picocli.CommandLine.Mixin Target target,
      @Parameters(index = "1", paramLabel = "JAR", description = "file of the new version")
          String jar,
      @picocli.CommandLine.Mixin Limit limit) {
    return swap(SwapRequest.of(Kind.UPDATE, find(target.name), file(jar)), limit);
  }

  @Command(
      name = "restart",
      description = "Stop and start a bundle when no run uses it any more. New runs wait.")
  int restart(@picocli.CommandLine.Mixin Target target, @picocli.CommandLine.Mixin Limit limit) {
    return swap(SwapRequest.of(Kind.RESTART, find(target.name)), limit);
  }

  @Command(name = "stop", description = "Stop a bundle when no run uses it any more.")
  int stop(@picocli.CommandLine.Mixin Target target, @picocli.CommandLine.Mixin Limit limit) {
    return swap(SwapRequest.of(Kind.STOP, find(target.name)), limit);
  }

  @Command(name = "uninstall", description = "Uninstall a bundle when no run uses it any more.")
  int uninstall(@picocli.CommandLine.Mixin Target target, @picocli.CommandLine.Mixin Limit limit) {
    return swap(SwapRequest.of(Kind.UNINSTALL, find(target.name)), limit);
  }

  @Command(name = "start", description = "Start a bundle that is stopped.")
  int start(@picocli.CommandLine.Mixin Target target) {
    requireShell();
    var bundle = find(target.name);
    try {
      bundle.start();
    } catch (BundleException e) {
      throw GitVanException.of(
          Codes.PLUGIN_START_FAILED,
          name(bundle),
          "it does not start: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "gitvan diag shows what is missing.");
    }
    return done(bundle, Duration.ZERO);
  }

  private int swap(SwapRequest request, Limit limit) {
    requireShell();
    swaps.swapAfterCommand(
        request.within(limit.duration()).reportingTo(line -> console().progress(line)),
        result -> done(result.bundle(), result.waited()));
    return ExitStatus.OK;
  }

  private int done(Bundle bundle, Duration waited) {
    if (console().json()) {
      var fields = new LinkedHashMap<>(map(bundle));
      fields.put("waitedMs", waited.toMillis());
      console().json("gitvan.bundle.v1", fields);
    } else {
      console().out().println(name(bundle) + " is " + console().styled(Style.GOOD, state(bundle)));
    }
    return ExitStatus.OK;
  }

  /** On a command line of its own nothing else runs, and the change would end with the process. */
  private void requireShell() {
    if (invocation() instanceof Call call && call.isProcess()) {
      throw GitVanException.of(
          Codes.USAGE,
          "gitvan bundle",
          "bundles can only be changed in a running shell",
          "Open gitvan shell and run gitvan:bundle there.");
    }
  }

  private Path file(String jar) {
    try {
      var file = invocation().workingDirectory().resolve(jar);
      if (Files.isRegularFile(file)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // No such file either.
    }
    throw GitVanException.of(
        Codes.USAGE, jar, "there is no such file", "Pass the jar of a bundle.");
  }

  private Bundle find(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID)
        .filter(
            bundle ->
                name.equals(bundle.getSymbolicName())
                    || name.equals(String.valueOf(bundle.getBundleId())))
        .max(Comparator.comparing(Bundle::getVersion).thenComparing(Bundle::getBundleId))
        .orElseThrow(() -> unknown(name));
  }

  private GitVanException unknown(String name) {
    var names = new TreeSet<String>();
    for (var bundle : context.getBundles()) {
      names.add(bundle.getSymbolicName());
    }
    return GitVanException.of(
        Codes.PLUGIN_NOT_FOUND,
        name,
        "there is no such bundle",
        Nearest.sentence(name, names, "See gitvan bundle list."));
  }

  private Map<String, Object> map(Bundle bundle) {
    var map = new LinkedHashMap<String, Object>();
    map.put("id", bundle.getBundleId());
    map.put("name", bundle.getSymbolicName());
    map.put("version", bundle.getVersion().toString());
    map.put("state", state(bundle));
    return map;
  }

  private static String name(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      case Bundle.RESOLVED -> "stopped";
      case Bundle.UNINSTALLED -> "uninstalled";
      default -> "installed";
    };
  }
}

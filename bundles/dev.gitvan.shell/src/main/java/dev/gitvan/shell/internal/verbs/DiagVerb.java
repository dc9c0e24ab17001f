package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import picocli.CommandLine.Command;

/** {@code gitvan diag}: what of the running system does not work, and why. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "diag", description = "Show what of the running system does not work, and why")
@Command(
    name = "diag",
    description = {
      "Show what of the running system does not work, and why: bundles that did not resolve,"
          + " components that are not satisfied, contributions that a registry rejected.",
      "Exit status 1 when there is any."
    })
public final class DiagVerb extends VerbSupport implements Callable<Integer> {
  private final Wiring wiring;
  private final List<RejectionSource> sources;

  @Activate
  public DiagVerb(
      BundleContext context,
      @Reference ServiceComponentRuntime components,
      @Reference List<RejectionSource> sources) {
    this.wiring = new Wiring(context, components);
    this.sources = List.copyOf(sources);
  }

  @Override
  public Integer call() {
    var bundles = wiring.unresolvedBundles();
    var components = wiring.unsatisfiedComponents();
    var rejections = sources.stream().flatMap(source -> source.rejections().stream()).toList();
    boolean well = bundles.isEmpty() && components.isEmpty() && rejections.isEmpty();
    if (console().json()) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("well", well);
      fields.put("bundles", bundles.stream().map(Wiring.Fault::toMap).toList());
      fields.put("components", components.stream().map(Wiring.Fault::toMap).toList());
      fields.put("rejections", rejections.stream().map(DiagVerb::map).toList());
      console().json("gitvan.diag.v1", fields);
    } else if (well) {
      console()
          .out()
          .println(
              console().styled(Style.GOOD, "all well")
                  + ": "
                  + wiring.bundles()
                  + " bundles, "
                  + wiring.components()
                  + " components");
    } else {
      tree("bundles that do not run", bundles);
      tree("components that are not satisfied", components);
      tree("contributions that were rejected", rejections.stream().map(DiagVerb::fault).toList());
    }
    return well ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private void tree(String title, List<Wiring.Fault> faults) {
    if (faults.isEmpty()) {
      return;
    }
    console().out().println(console().styled(Style.HEADING, title));
    for (var fault : faults) {
      console().out().println("  " + console().styled(Style.BAD, fault.subject()));
      for (var reason : fault.reasons()) {
        console().out().println("    " + reason);
      }
    }
  }

  private static Wiring.Fault fault(Rejection rejection) {
    return new Wiring.Fault(
        rejection.registry() + " " + rejection.contribution(),
        List.of(rejection.code() + ": " + rejection.reason(), "from " + rejection.bundle()));
  }

  private static Map<String, Object> map(Rejection rejection) {
    var map = new LinkedHashMap<String, Object>();
    map.put("registry", rejection.registry());
    map.put("contribution", rejection.contribution());
    map.put("bundle", rejection.bundle());
    map.put("code", rejection.code());
    map.put("reason", rejection.reason());
    return map;
  }
}

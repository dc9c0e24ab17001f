package dev.gitvan.kernel.internal.hook;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookListing;
import dev.gitvan.hook.HookPoint;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.hook.HookReport;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.hook.spi.HookPointProvider;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The hook registry. */
@Component(
    name = "dev.gitvan.kernel.hooks",
    service = {HookRegistry.class, RejectionSource.class})
@Designate(ocd = HookRegistryComponent.Config.class)
public final class HookRegistryComponent implements HookRegistry, RejectionSource {
  /** Settings. */
  @ObjectClassDefinition(name = "GitVan hooks")
  public @interface Config {
    /** Hooks called at once, in all chains together. */
    @AttributeDefinition
    int threads() default 32;

    /** How long a hook may take to end once interrupted, in milliseconds. */
    @AttributeDefinition
    long graceMillis() default 1000;
  }

  private final BundleContext context;
  private final Hooks hooks;

  @Activate
  public HookRegistryComponent(
      BundleContext context, Config config, @Reference Kernel kernel, @Reference Metrics metrics) {
    this.context = context;
    this.hooks =
        new Hooks(
            kernel,
            () -> metrics,
            Math.max(1, config.threads()),
            Duration.ofMillis(Math.max(0, config.graceMillis())));
  }

  @Reference(
      name = "hooks",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addHook(ServiceReference<Hook> reference) {
    hooks.add(Offer.of(context, reference));
  }

  void updatedHook(ServiceReference<Hook> reference) {
    hooks.add(Offer.of(context, reference));
  }

  void removeHook(ServiceReference<Hook> reference) {
    hooks.remove(reference);
  }

  @Reference(
      name = "points",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addPoint(ServiceReference<HookPointProvider> reference) {
    hooks.addPoint(Offer.of(context, reference));
  }

  void updatedPoint(ServiceReference<HookPointProvider> reference) {
    hooks.addPoint(Offer.of(context, reference));
  }

  void removePoint(ServiceReference<HookPointProvider> reference) {
    hooks.removePoint(reference);
  }

  @Reference(
      name = "sources",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addSource(ServiceReference<HookSource> reference) {
    hooks.addSource(Offer.of(context, reference));
  }

  void removeSource(ServiceReference<HookSource> reference) {
    hooks.removeSource(reference);
  }

  @Deactivate
  void deactivate() {
    hooks.close();
  }

  @Override
  public HookReport fire(HookEvent event) {
    return hooks.fire(event);
  }

  @Override
  public List<HookPoint> points() {
    return hooks.points();
  }

  @Override
  public List<HookListing> list(WorktreeId worktree, String point) {
    return hooks.list(worktree, point);
  }

  @Override
  public List<Rejection> rejections() {
    return hooks.rejections();
  }
}

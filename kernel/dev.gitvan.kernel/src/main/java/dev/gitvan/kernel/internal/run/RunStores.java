package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.job.StoredRun;
import dev.gitvan.job.spi.GitVanRunStore;
import dev.gitvan.job.spi.RunStore;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.repository.RepositoryId;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The run stores that bundles contribute. The user chooses one of them. */
@Component(
    name = "dev.gitvan.kernel.run-stores",
    service = {RunStores.class, RejectionSource.class})
public final class RunStores implements RejectionSource {
  private static final String NAME = GitVanRunStore.PREFIX_ + "name";

  private final BundleContext context;
  private final Contributions<RunStore, String> stores;

  @Activate
  public RunStores(BundleContext context, @Reference Kernel kernel) {
    this.context = context;
    this.stores = new Contributions<>(kernel, "run store", RunStores::name, name -> name, () -> {});
  }

  @Deactivate
  void deactivate() {
    stores.close();
  }

  @Reference(
      name = "stores",
      cardinality = ReferenceCardinality.AT_LEAST_ONE,
      policy = ReferencePolicy.DYNAMIC)
  void addStore(ServiceReference<RunStore> reference) {
    stores.add(Offer.of(context, reference));
  }

  void updatedStore(ServiceReference<RunStore> reference) {
    stores.add(Offer.of(context, reference));
  }

  void removeStore(ServiceReference<RunStore> reference) {
    stores.remove(reference);
  }

  private static String name(Offer<RunStore> offer) throws InvalidExtensionException {
    if (offer.properties().get(NAME) instanceof String name && !name.isBlank()) {
      return name;
    }
    throw new InvalidExtensionException("NAME_MISSING", "the run store has no property " + NAME);
  }

  /** The store that a configuration names, whichever bundle provides it at the time of a call. */
  RunStore of(Configuration configuration) {
    return new Named(configuration.get(QueueSettings.STORE));
  }

  @Override
  public List<Rejection> rejections() {
    return stores.rejections();
  }

  private final class Named implements RunStore {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    private <R> R call(Extension.Body<RunStore, R> body) {
      var answer = stores.find(name).map(store -> store.call(body)).orElseThrow(this::missing);
      if (answer.failure() == null) {
        return answer.value();
      }
      if (answer.failure() instanceof GitVanException known) {
        throw known;
      }
      if (answer.isGone()) {
        throw missing();
      }
      throw GitVanException.of(
          Codes.INTERNAL,
          "run store " + name,
          "it failed with " + answer.failure(),
          "Report it to its author, or remove the setting queue.store.");
    }

    private GitVanException missing() {
      return GitVanException.of(
          Codes.SERVICE_MISSING,
          "queue.store",
          "no installed bundle provides the run store " + name,
          "Install the bundle, or remove the setting.");
    }

    @Override
    public Optional<StoredRun> accept(StoredRun run) {
      return call(store -> store.accept(run));
    }

    @Override
    public void update(StoredRun run) {
      call(
          store -> {
            store.update(run);
            return null;
          });
    }

    @Override
    public void releaseKey(StoredRun run) {
      call(
          store -> {
            store.releaseKey(run);
            return null;
          });
    }

    @Override
    public void remove(StoredRun run) {
      call(
          store -> {
            store.remove(run);
            return null;
          });
    }

    @Override
    public Optional<StoredRun> withKey(RepositoryId repository, String key) {
      return call(store -> store.withKey(repository, key));
    }

    @Override
    public Optional<StoredRun> find(String id) {
      return call(store -> store.find(id));
    }

    @Override
    public List<StoredRun> list() {
      return call(RunStore::list);
    }
  }
}

package dev.gitvan.kernel.internal.job;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.document.Documents;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobListing;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The job registry. */
@Component(
    name = "dev.gitvan.kernel.jobs",
    service = {JobRegistry.class, JobCatalog.class, RejectionSource.class})
public final class JobRegistryComponent implements JobRegistry, JobCatalog, RejectionSource {
  private final BundleContext context;
  private final Jobs jobs;

  @Activate
  public JobRegistryComponent(
      BundleContext context,
      @Reference Kernel kernel,
      @Reference Documents documents,
      @Reference Configurations configurations) {
    this.context = context;
    this.jobs = new Jobs(kernel, documents, configurations::load);
  }

  @Deactivate
  void deactivate() {
    jobs.close();
  }

  @Reference(
      name = "jobs",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addJob(ServiceReference<Job> reference) {
    jobs.add(Offer.of(context, reference));
  }

  void updatedJob(ServiceReference<Job> reference) {
    jobs.add(Offer.of(context, reference));
  }

  void removeJob(ServiceReference<Job> reference) {
    jobs.remove(reference);
  }

  @Reference(
      name = "sources",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addSource(ServiceReference<JobSource> reference) {
    jobs.addSource(Offer.of(context, reference));
  }

  void removeSource(ServiceReference<JobSource> reference) {
    jobs.removeSource(reference);
  }

  @Override
  public JobDefinition find(WorktreeId worktree, String name) {
    return jobs.find(worktree, name);
  }

  @Override
  public Entry resolve(WorktreeId worktree, Configuration configuration, String name) {
    return jobs.resolve(worktree, configuration, name);
  }

  @Override
  public List<JobListing> list(WorktreeId worktree) {
    return jobs.list(worktree);
  }

  @Override
  public List<Rejection> rejections() {
    return jobs.rejections();
  }
}

package dev.gitvan.jobs.file.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.document.Documents;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.jobs.file.internal.run.RunServices;
import dev.gitvan.jobs.file.internal.run.StepTypes;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The jobs that a worktree's files define: {@code .gitvan/jobs} and {@code gitvan.yaml}. */
@Component(service = JobSource.class)
public final class FileJobSource implements JobSource {
  /** Worktrees whose jobs are kept; the one that was asked for longest ago goes first. */
  private static final int KEPT = 64;

  private final RunServices services;

  private final Map<WorktreeId, WorktreeJobs> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WorktreeId, WorktreeJobs> eldest) {
          return size() > KEPT;
        }
      };

  @Activate
  public FileJobSource(
      @Reference Templates templates, @Reference Documents documents, @Reference StepTypes types) {
    this.services = new RunServices(templates, documents, types);
  }

  @Override
  public List<Found> jobs(WorktreeId worktree, Configuration configuration) {
    return jobs(worktree).list(configuration);
  }

  @Override
  public Optional<Found> find(WorktreeId worktree, Configuration configuration, String name) {
    return jobs(worktree).find(configuration, name);
  }

  private WorktreeJobs jobs(WorktreeId worktree) {
    synchronized (kept) {
      return kept.computeIfAbsent(worktree, w -> new WorktreeJobs(services, w));
    }
  }
}

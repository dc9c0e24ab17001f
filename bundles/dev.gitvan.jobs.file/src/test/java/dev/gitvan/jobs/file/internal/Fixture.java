package dev.gitvan.jobs.file.internal;

import dev.gitvan.config.Configurations;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.document.Documents;
import dev.gitvan.job.spi.JobSource.Found;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.jobs.file.internal.run.StepTypes;
import dev.gitvan.jobs.file.internal.step.CommitStep;
import dev.gitvan.jobs.file.internal.step.JobStep;
import dev.gitvan.jobs.file.internal.step.NoteStep;
import dev.gitvan.jobs.file.internal.step.RunStep;
import dev.gitvan.jobs.file.internal.step.TagStep;
import dev.gitvan.jobs.file.internal.step.TemplateStep;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.TemplateSettings;
import dev.gitvan.testkit.FakeExtensionPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Everything that file jobs need, without a framework. */
public final class Fixture {
  public final Documents documents = new DocumentsService();
  public final Configurations configurations =
      ConfigurationsService.with(documents, Metrics.NONE, TemplateSettings.SECTION);
  public final FakeTemplates templates = new FakeTemplates();
  public final FakeExtensionPoint<StepType, String> point = new FakeExtensionPoint<>();
  public final StepTypes types = StepTypes.of(point);
  public final FileJobSource source;

  public Fixture() {
    var own = new LinkedHashMap<String, StepType>();
    own.put("template", new TemplateStep(templates, documents, Metrics.NONE));
    own.put("run", new RunStep(new LocalLauncher()));
    own.put("commit", new CommitStep());
    own.put("tag", new TagStep());
    own.put("note", new NoteStep());
    own.put("job", new JobStep());
    own.forEach((key, type) -> point.add(key, key, type));
    source = new FileJobSource(templates, documents, types);
  }

  /** All jobs, with the configuration of the worktree. */
  public List<Found> jobs(WorktreeId worktree) {
    return source.jobs(worktree, configurations.load(worktree));
  }

  /** One job, with the configuration of the worktree. */
  public Optional<Found> find(WorktreeId worktree, String name) {
    return source.find(worktree, configurations.load(worktree), name);
  }
}

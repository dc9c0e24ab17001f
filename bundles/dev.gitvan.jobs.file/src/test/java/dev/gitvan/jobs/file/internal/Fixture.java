package dev.gitvan.jobs.file.internal;

import dev.gitvan.config.Configurations;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.document.Documents;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.jobs.file.internal.run.StepTypes;
import dev.gitvan.jobs.file.internal.step.CommitStep;
import dev.gitvan.jobs.file.internal.step.JobStep;
import dev.gitvan.jobs.file.internal.step.NoteStep;
import dev.gitvan.jobs.file.internal.step.RunStep;
import dev.gitvan.jobs.file.internal.step.TagStep;
import dev.gitvan.jobs.file.internal.step.TemplateStep;
import dev.gitvan.metrics.Metrics;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.ServiceReference;

/** Everything that file jobs need, without a framework. */
public final class Fixture {
  public final Documents documents = new DocumentsService();
  public final Configurations configurations = new ConfigurationsService(documents, Metrics.NONE);
  public final FakeTemplates templates = new FakeTemplates();
  public final StepTypes types = new StepTypes();
  public final FileJobSource source;

  public Fixture() {
    var own = new LinkedHashMap<String, StepType>();
    own.put("template", new TemplateStep(configurations, templates, documents, Metrics.NONE));
    own.put("run", new RunStep());
    own.put("commit", new CommitStep());
    own.put("tag", new TagStep());
    own.put("note", new NoteStep());
    own.put("job", new JobStep());
    own.forEach((key, type) -> types.bind(reference(key, 0), type));
    source = new FileJobSource(configurations, templates, documents, types);
  }

  /** A reference to a step type, as the framework would give it. */
  @SuppressWarnings("unchecked")
  public static ServiceReference<StepType> reference(String key, int ranking) {
    var id = System.nanoTime();
    Map<String, Object> properties =
        key == null
            ? Map.of("service.ranking", ranking, "service.id", id)
            : Map.of("gitvan.step.type", key, "service.ranking", ranking, "service.id", id);
    return (ServiceReference<StepType>)
        Proxy.newProxyInstance(
            Fixture.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getProperty" -> properties.get(arguments[0]);
                  case "hashCode" -> properties.hashCode();
                  case "equals" -> proxy == arguments[0];
                  case "compareTo" -> {
                    var other = (ServiceReference<?>) arguments[0];
                    int order =
                        Integer.compare(ranking, (Integer) other.getProperty("service.ranking"));
                    yield order != 0
                        ? order
                        : Long.compare((Long) other.getProperty("service.id"), id);
                  }
                  default -> null;
                });
  }
}

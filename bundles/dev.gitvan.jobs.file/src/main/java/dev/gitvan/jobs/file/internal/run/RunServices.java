package dev.gitvan.jobs.file.internal.run;

import dev.gitvan.document.Documents;
import dev.gitvan.template.Templates;

/** What jobs written as steps are run with. */
public record RunServices(Templates templates, Documents documents, StepTypes types) {}

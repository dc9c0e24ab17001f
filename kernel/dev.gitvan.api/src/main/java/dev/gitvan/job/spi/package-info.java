/** Interfaces for contributors of jobs, job sources, step types and run transactions. */
@Export
@Version("1.0.0")
package dev.gitvan.job.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

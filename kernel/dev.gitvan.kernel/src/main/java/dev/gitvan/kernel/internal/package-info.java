/**
 * What the registries and the runner share: contributions, calls of plugins, threads.
 *
 * <p>The bundle provides the capability that {@link dev.gitvan.job.spi.RequireGitVan} asks for.
 */
@Capability(
    namespace = RequireGitVan.NAMESPACE,
    name = RequireGitVan.NAME,
    version = "1.0.0",
    uses = Job.class)
package dev.gitvan.kernel.internal;

import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.annotation.bundle.Capability;

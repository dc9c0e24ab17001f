/** What bundles implement to contribute health checks. */
@Export
@Version("1.0.0")
package dev.gitvan.health.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

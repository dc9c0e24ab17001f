/** How bundles contribute sections to the configuration. */
@Export
@Version("1.0.0")
package dev.gitvan.config.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

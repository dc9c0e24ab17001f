/** What bundles implement to contribute gauges and metric exporters. */
@Export
@Version("1.0.0")
package dev.gitvan.metrics.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

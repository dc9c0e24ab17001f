/** What bundles implement to contribute error codes. */
@Export
@Version("1.0.0")
package dev.gitvan.diagnostics.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

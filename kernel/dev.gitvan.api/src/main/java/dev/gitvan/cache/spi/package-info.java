/** Interfaces for contributors of cache tiers. */
@Export
@Version("1.0.0")
package dev.gitvan.cache.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

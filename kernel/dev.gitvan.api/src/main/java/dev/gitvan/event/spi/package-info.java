/** What contributors of event predicates implement. */
@Export
@Version("1.0.0")
package dev.gitvan.event.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

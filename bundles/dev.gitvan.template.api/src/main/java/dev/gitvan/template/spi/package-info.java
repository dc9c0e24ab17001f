/** What contributors of template engines, filters and functions implement. */
@Export
@Version("1.0.0")
package dev.gitvan.template.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Health of the running system. */
@Export
@Version("1.0.0")
package dev.gitvan.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

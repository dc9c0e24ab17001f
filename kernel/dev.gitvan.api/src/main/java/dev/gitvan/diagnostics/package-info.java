/** Failures a user can see, their codes and exit statuses, and reports of what was rejected. */
@Export
@Version("1.0.0")
package dev.gitvan.diagnostics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Failures shown to users, their codes and exit statuses, and rejected contributions. */
@Export
@Version("1.0.0")
package dev.gitvan.diagnostics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

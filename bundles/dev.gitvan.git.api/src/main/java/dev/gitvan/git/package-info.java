/** Git repositories: reading them, and changing them safely. No type of any Git library appears. */
@Export
@Version("1.1.0")
package dev.gitvan.git;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * Git repositories: reading them, and changing them safely. No types of Git libraries are exposed.
 */
@Export
@Version("1.1.0")
package dev.gitvan.git;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

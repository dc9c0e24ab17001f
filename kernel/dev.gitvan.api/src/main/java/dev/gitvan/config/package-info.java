/** The typed configuration of a repository. */
@Export
@Version("1.0.0")
package dev.gitvan.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

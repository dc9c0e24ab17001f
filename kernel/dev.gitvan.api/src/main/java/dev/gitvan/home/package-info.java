/** The directories in which GitVan keeps the user's files, and safe access to its own files. */
@Export
@Version("1.0.0")
package dev.gitvan.home;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

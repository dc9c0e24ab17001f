/** Verbs: commands of the {@code gitvan} command line and of the Gogo shell. */
@Export
@Version("1.0.0")
package dev.gitvan.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

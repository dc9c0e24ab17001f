/** Starting commands and ending them. */
@Export
@Version("1.0.0")
package dev.gitvan.process;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** YAML and JSON documents read with the place of every value, and JSON written. */
@Export
@Version("1.0.0")
package dev.gitvan.document;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

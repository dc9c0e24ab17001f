/** Reading YAML and JSON with the location of every value, and writing JSON. */
@Export
@Version("1.0.0")
package dev.gitvan.document;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

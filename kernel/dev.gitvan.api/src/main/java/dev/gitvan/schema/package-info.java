/** Schemas: what values of YAML and JSON files must be, to check them and to tell editors. */
@Export
@Version("1.0.0")
package dev.gitvan.schema;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

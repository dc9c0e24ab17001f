/** Replaces, stops and removes bundles without losing a run. */
@Export
@Version("1.0.0")
package dev.gitvan.swap;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

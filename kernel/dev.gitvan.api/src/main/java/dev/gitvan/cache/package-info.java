/** The API of caches for callers: named, layered, loaded once per key. */
@Export
@Version("1.0.0")
package dev.gitvan.cache;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

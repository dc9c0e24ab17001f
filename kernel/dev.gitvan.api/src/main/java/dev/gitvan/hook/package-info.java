/**
 * Hook points as callers see them: firing an event of a point, and reading what each hook answered.
 */
@Export
@Version("1.0.0")
package dev.gitvan.hook;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

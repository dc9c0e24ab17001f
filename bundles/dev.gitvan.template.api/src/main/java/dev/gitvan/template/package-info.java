/** The API of templates for callers: rendering files and strings, and writing outputs safely. */
@Export
@Version("1.0.0")
package dev.gitvan.template;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

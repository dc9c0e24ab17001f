/** Templates as callers see them: rendering files and text, and writing outputs safely. */
@Export
@Version("1.0.0")
package dev.gitvan.template;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

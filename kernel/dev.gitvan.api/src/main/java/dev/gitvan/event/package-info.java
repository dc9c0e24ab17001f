/**
 * What starts jobs without being asked: triggers, the conditions that they consist of, and the
 * events for which conditions are evaluated.
 */
@Export
@Version("1.0.0")
package dev.gitvan.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

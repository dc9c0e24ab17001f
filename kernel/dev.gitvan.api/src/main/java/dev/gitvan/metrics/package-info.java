/** Metrics: durations of operations, counters, and what they add up to. */
@Export
@Version("1.0.0")
package dev.gitvan.metrics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

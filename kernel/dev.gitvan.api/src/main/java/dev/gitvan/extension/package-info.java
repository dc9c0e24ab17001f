/**
 * Extension points: how a bundle that hosts extensions of other bundles finds, calls and releases
 * them. One implementation serves jobs, hooks, step types, template engines, verbs, cache tiers and
 * shared services.
 */
@Export
@Version("1.0.0")
package dev.gitvan.extension;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

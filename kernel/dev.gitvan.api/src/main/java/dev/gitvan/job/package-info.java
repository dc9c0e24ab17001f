/** The API of jobs for callers: definitions, requests, runs and receipts. */
@Export
@Version("1.0.0")
package dev.gitvan.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

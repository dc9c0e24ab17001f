/** Shared services: how a bundle provides an interface of GitVan's API to all bundles. */
@Export
@Version("1.0.0")
package dev.gitvan.extension.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

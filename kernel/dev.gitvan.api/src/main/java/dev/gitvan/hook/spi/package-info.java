/** What contributors of hooks, hook points and hook sources implement. */
@Export
@Version("1.0.0")
package dev.gitvan.hook.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * Starts the framework in this process and hands it the command line.
 *
 * <p>Uses OSGi's API and, of GitVan, only {@link dev.gitvan.home.GitVanHome}, from a copy on the
 * class path that no bundle sees: bundles are updated while it runs, it is not.
 */
package dev.gitvan.launcher;

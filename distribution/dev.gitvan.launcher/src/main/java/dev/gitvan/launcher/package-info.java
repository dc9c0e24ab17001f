/**
 * Starts the framework in this process and hands it the command line.
 *
 * <p>Knows OSGi's API and no GitVan type: bundles are updated while it runs, it is not.
 */
package dev.gitvan.launcher;

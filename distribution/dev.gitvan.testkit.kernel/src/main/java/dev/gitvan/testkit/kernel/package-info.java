/** GitVan's kernel in a test, without a framework. */
package dev.gitvan.testkit.kernel;

/** The catalog of error codes. */
package dev.gitvan.kernel.internal.diagnostics;

/** The log file: where SLF4J, the framework and stray prints of libraries go. */
package dev.gitvan.launcher.log;

/** Contract tests that every provider of an SPI must pass, and fixtures to write tests with. */
package dev.gitvan.testkit;

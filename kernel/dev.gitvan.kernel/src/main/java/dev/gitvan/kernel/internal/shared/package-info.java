/** Shared services: proxies that forward to the newest implementation and survive its swap. */
package dev.gitvan.kernel.internal.shared;

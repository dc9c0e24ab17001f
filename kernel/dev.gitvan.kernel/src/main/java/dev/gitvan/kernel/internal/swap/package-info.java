/** Activities in flight, the gate that holds new ones back, and the swap of bundles under them. */
package dev.gitvan.kernel.internal.swap;

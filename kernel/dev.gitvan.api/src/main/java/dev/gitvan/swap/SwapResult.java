package dev.gitvan.swap;

import java.time.Duration;
import org.osgi.framework.Bundle;

/**
 * The result of a swap.
 *
 * @param bundle the bundle that is in service now, or the one that was stopped or uninstalled
 * @param waited time spent waiting for runs that used the old version
 * @param inPlace whether the bundle was updated, restarted or stopped in place; false when the new
 *     version runs as another bundle
 */
public record SwapResult(Bundle bundle, Duration waited, boolean inPlace) {}

package dev.gitvan.swap;

import java.time.Duration;
import org.osgi.framework.Bundle;

/**
 * How a swap ended.
 *
 * @param bundle the bundle that is in service now, or the one that was stopped or uninstalled
 * @param waited how long the runs that used the old version took to end
 * @param inPlace whether the bundle itself was updated, restarted or stopped; false when the new
 *     version runs as another bundle
 */
public record SwapResult(Bundle bundle, Duration waited, boolean inPlace) {}

package dev.gitvan.diagnostics;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A registry that can tell which contributions it rejected, and why. Safe for any thread. */
@ProviderType
public interface RejectionSource {
  /** The contributions rejected at this moment, in the order in which they came. */
  List<Rejection> rejections();
}

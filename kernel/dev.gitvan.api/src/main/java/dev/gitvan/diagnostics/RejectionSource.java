package dev.gitvan.diagnostics;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A registry that reports its rejected contributions. Safe for any thread. */
@ProviderType
public interface RejectionSource {
  /** The currently rejected contributions, in the order of their registration. */
  List<Rejection> rejections();
}

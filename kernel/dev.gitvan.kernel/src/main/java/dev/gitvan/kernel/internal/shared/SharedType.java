package dev.gitvan.kernel.internal.shared;

import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.Properties;

/**
 * What a shared service's properties say; see {@link dev.gitvan.extension.spi.GitVanSharedService}.
 *
 * @param type name of the interface
 */
record SharedType(String type) {
  static SharedType read(Offer<SharedService> offer) throws InvalidExtensionException {
    var type = new Properties(offer.properties(), "gitvan.shared.").text("type", "");
    if (type.isEmpty()) {
      throw new InvalidExtensionException(
          "TYPE_MISSING", "gitvan.shared.type is missing; use the annotation @GitVanSharedService");
    }
    return new SharedType(type);
  }
}

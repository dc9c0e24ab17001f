package dev.gitvan.kernel.internal.cache;

import java.util.List;

/**
 * The tiers of a cache at one moment.
 *
 * @param memory level 1, or null
 * @param lower level 2 and 3, in order, those that are there
 */
record Layers(Layer memory, List<Layer> lower) {
  static final Layers NONE = new Layers(null, List.of());

  Layers {
    lower = List.copyOf(lower);
  }

  /** The layer of a level; null when there is none. */
  Layer at(int level) {
    if (level == TierLevel.MEMORY) {
      return memory;
    }
    for (var layer : lower) {
      if (layer.level() == level) {
        return layer;
      }
    }
    return null;
  }
}

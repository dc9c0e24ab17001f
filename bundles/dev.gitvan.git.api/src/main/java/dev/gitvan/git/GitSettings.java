package dev.gitvan.git;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import dev.gitvan.config.SettingType;

/** The section {@code git} of the configuration. */
public final class GitSettings {
  private static final Section.Builder GIT = Section.named("git", "How GitVan writes to Git.");

  /** {@code git.durability}. */
  public static final Setting<Durability> DURABILITY =
      GIT.add(
          "durability",
          SettingType.choice(Durability.class),
          Durability.PROCESS,
          "What a finished run survives: the death of the process, or with power also a power"
              + " failure, because everything is synced.");

  /** The section. */
  public static final Section SECTION = GIT.build();

  private GitSettings() {}

  /** What is synced to disk before a run counts as finished. */
  public enum Durability {
    /** Survives the death of the process. */
    PROCESS,
    /** Survives a power failure: objects and refs are synced. */
    POWER
  }

  /** Whether a configuration asks for everything to be synced. */
  public static boolean syncs(Configuration configuration) {
    return configuration.get(DURABILITY) == Durability.POWER;
  }
}

package dev.gitvan.extension;

import dev.gitvan.config.InvalidSettingException;
import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import dev.gitvan.config.SettingType;
import dev.gitvan.document.Node;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The section {@code bundles} of the configuration: where plugins act, and what they replace. */
public final class BundleSettings {
  private static final SettingType<String> SYMBOLIC_NAME =
      SettingType.string(Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*"), "a symbolic name");

  private static final Section.Builder BUNDLES =
      Section.named("bundles", "Where plugins act, and what they replace.");

  /** {@code bundles.use}: by symbolic name a version, {@code on} or {@code off}. */
  public static final Setting<Map<String, String>> USE =
      BUNDLES.add(
          "use",
          SettingType.map(SYMBOLIC_NAME, new Use()),
          Map.of(),
          "Plugins of this repository: by symbolic name a version such as 1.2.0, on or off.");

  /** {@code bundles.only-listed}. */
  public static final Setting<Boolean> ONLY_LISTED =
      BUNDLES
          .userOnly()
          .flag("only-listed", false, "Whether plugins act only in repositories that list them.");

  /** {@code bundles.disable}: symbolic names. */
  public static final Setting<List<String>> DISABLE =
      BUNDLES.add(
          "disable",
          SettingType.list(SYMBOLIC_NAME),
          List.of(),
          "Plugins that act in no repository, whatever it lists.");

  /** {@code bundles.replace}: by {@code KIND:NAME} the symbolic name of the plugin. */
  public static final Setting<Map<String, String>> REPLACE =
      BUNDLES.add(
          "replace",
          SettingType.map(
              SettingType.string(
                  Pattern.compile("[a-z-]+:\\S+"), "KIND:NAME, such as verb:version"),
              SYMBOLIC_NAME),
          Map.of(),
          "What plugins may replace in GitVan: by KIND:NAME, such as verb:version, the plugin's"
              + " symbolic name.");

  /** The section. */
  public static final Section SECTION = BUNDLES.build();

  private BundleSettings() {}

  /** A version, on or off. YAML reads 1.2 as a number, but it is a version to its author. */
  private record Use() implements SettingType<String> {
    private static final Pattern ALLOWED =
        Pattern.compile("on|off|\\d{1,9}(\\.\\d{1,9}(\\.\\d{1,9}(\\.[A-Za-z0-9_-]+)?)?)?");

    @Override
    public String read(Node node) throws InvalidSettingException {
      if (node instanceof Node.Scalar scalar && ALLOWED.matcher(scalar.text()).matches()) {
        return scalar.text();
      }
      throw InvalidSettingException.type("a version such as 1.2.0, on or off", node);
    }

    @Override
    public Object written(String value) {
      return value;
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", List.of("string", "number"));
    }
  }
}

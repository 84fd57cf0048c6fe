package d2s.cli.homeserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a {@code dendrite.yaml} becomes.
 *
 * @param leftOut keys of it that nothing in the file stands for, with the reason each
 */
public record HomeserverSettings(List<Section> sections, Map<String, String> leftOut) {

  /**
   * Settings that belong together, under a heading.
   *
   * @param suggestion lines below them, as comments: what people may want; or nothing
   */
  record Section(String heading, List<Setting> settings, String suggestion) {}

  private static final String HEAD =
      """
      # Synapse's configuration, made from Dendrite's. Every setting says where it came from. Read it
      # before you start Synapse, and fill in what is marked FILL IN.
      #
      # Do not set password_config.pepper: Dendrite has none, and with one no password would work.
      """;

  /** The whole file, with its secrets. */
  public String text() {
    return render(false);
  }

  /** The whole file, for everybody to see. */
  public String publicText() {
    return render(true);
  }

  /** The settings that hold secrets. */
  public List<String> secrets() {
    return sections.stream()
        .flatMap(section -> section.settings().stream())
        .filter(Setting::secret)
        .map(Setting::key)
        .toList();
  }

  /** The names of all settings. */
  public List<String> settings() {
    return sections.stream()
        .flatMap(section -> section.settings().stream())
        .map(Setting::key)
        .toList();
  }

  private String render(boolean forEverybody) {
    List<String> parts = new ArrayList<>();
    parts.add(HEAD);
    for (Section section : sections) {
      if (!section.settings().isEmpty() || !section.suggestion().isEmpty()) {
        parts.add("## " + section.heading() + "\n");
        section
            .settings()
            .forEach(setting -> parts.add(forEverybody ? setting.publicText() : setting.text()));
        if (!section.suggestion().isEmpty()) {
          parts.add(section.suggestion());
        }
      }
    }
    if (!leftOut.isEmpty()) {
      parts.add(
          leftOut.entrySet().stream()
              .map(entry -> "# - " + entry.getKey() + ": " + entry.getValue() + "\n")
              .collect(Collectors.joining("", "## Not taken over from dendrite.yaml\n", "")));
    }
    return String.join("\n", parts);
  }
}

package d2s.cli.homeserver;

import d2s.cli.configuration.ConfigurationFile;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.configuration.Placeholders;
import d2s.cli.homeserver.HomeserverSettings.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the settings of a {@code homeserver.yaml}, each with where it came from. */
final class SettingsWriter {

  private final DendriteSettings dendrite;
  private final Path origin;
  private final Path signingKey;
  private final String mediaPath;
  private final List<Section> sections = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final SynapseChoices choices;
  private List<Setting> section = new ArrayList<>();
  private String suggestion = "";

  SettingsWriter(
      ConfigurationFile file, Path signingKey, String mediaPath, SynapseChoices choices) {
    this.dendrite = new DendriteSettings(file);
    this.origin = file.path();
    this.signingKey = signingKey;
    this.mediaPath = mediaPath;
    this.choices = choices;
  }

  DendriteSettings dendrite() {
    return dendrite;
  }

  /** The file of Dendrite. */
  Path origin() {
    return origin;
  }

  /** Synapse's signing key file, which may not be there yet. */
  Path signingKey() {
    return signingKey;
  }

  /** Synapse's folder for media. */
  String mediaPath() {
    return mediaPath;
  }

  SynapseChoices choices() {
    return choices;
  }

  List<Section> sections() {
    return List.copyOf(sections);
  }

  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    dendrite
        .placeholders()
        .forEach(
            (key, text) ->
                all.add(
                    key
                        + " is the placeholder "
                        + text
                        + ", which another tool fills in; the file says FILL IN or what Dendrite does"
                        + " without the key. Correct it"));
    return List.copyOf(all);
  }

  void note(String text) {
    notes.add(text);
  }

  void putSecret(String setting, Object value, String comment) {
    add(setting, value, comment, true);
  }

  private void add(String setting, Object value, String comment, boolean secret) {
    List<String> found = new ArrayList<>();
    Object known = Placeholders.replace(value, found::add);
    section.add(
        new Setting(
            setting,
            known,
            found.isEmpty()
                ? comment
                : "FILL IN what other tools put in the place of "
                    + String.join(", ", found)
                    + ". "
                    + comment,
            secret));
  }

  /** Adds lines that are written as they are, at the end of the section. */
  void suggest(String text) {
    suggestion = text;
  }

  void copy(String key, String setting) throws InvalidConfigurationException {
    String text = dendrite.text(key, "");
    if (!text.isEmpty()) {
      from(key, setting, text, "");
    }
  }

  void copySecret(String key, String setting) throws InvalidConfigurationException {
    String text = dendrite.text(key, "");
    if (!text.isEmpty()) {
      putSecret(setting, text, "from " + key + " of " + name());
    }
  }

  void from(String key, String setting, Object value, String more)
      throws InvalidConfigurationException {
    boolean said = dendrite.file().has(key);
    put(
        setting,
        value,
        "from "
            + key
            + " of "
            + name()
            + (said ? "" : ", where it is not set: this is what Dendrite did then")
            + (more.isEmpty() ? "" : ". " + more));
  }

  void put(String setting, Object value, String comment) {
    add(setting, value, comment, false);
  }

  void end(String heading) {
    sections.add(new Section(heading, List.copyOf(section), suggestion));
    suggestion = "";
    section = new ArrayList<>();
  }

  String name() {
    return origin.getFileName().toString();
  }
}

package d2s.cli.wizard;

/** What a person is asked before the first step. */
enum Question {
  DENDRITE_CONFIG("dendrite_config", "Where is Dendrite's configuration?"),
  DENDRITE_MEDIA("dendrite_media", "In which folder does Dendrite keep media?"),
  SYNAPSE_FOLDER("synapse_folder", "In which folder shall Synapse's configuration be?"),
  SYNAPSE_DATABASE(
      "synapse_database", "Which database is, or will be, Synapse's? Write it without a password."),
  SYNAPSE_MEDIA("synapse_media", "In which folder shall Synapse keep media?"),
  ADDRESS("address", "Where does Dendrite listen, and Synapse from then on?");

  private final String key;
  private final String text;

  Question(String key, String text) {
    this.key = key;
    this.text = text;
  }

  String key() {
    return key;
  }

  String text() {
    return text;
  }
}

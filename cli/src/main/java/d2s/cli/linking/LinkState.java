package d2s.cli.linking;

/** What a line of the file is to the links that a database has. */
enum LinkState {
  NEW("new", "will be linked", Effect.CHANGE),
  SAME("same", "linked already", Effect.NONE),
  DUPLICATE("duplicate", "stands in the file before", Effect.NONE),
  OF_ANOTHER_USER("of another user", "the sub is linked to another account", Effect.REPLACE),
  OTHER_SUB("other sub", "the account is linked to another sub of the provider", Effect.REPLACE),
  CONTRADICTION("contradiction", "the file also says otherwise", Effect.REFUSE),
  UNKNOWN_USER("unknown user", "Synapse has no such account", Effect.REFUSE),
  DEACTIVATED_USER("deactivated user", "nobody can log in to the account", Effect.REFUSE);

  /** What follows from a state. */
  enum Effect {
    NONE,
    CHANGE,
    /** A change that takes a link away; only if it is allowed. */
    REPLACE,
    REFUSE
  }

  private final String word;
  private final String meaning;
  private final Effect effect;

  LinkState(String word, String meaning, Effect effect) {
    this.word = word;
    this.meaning = meaning;
    this.effect = effect;
  }

  String word() {
    return word;
  }

  String meaning() {
    return meaning;
  }

  Effect effect() {
    return effect;
  }
}

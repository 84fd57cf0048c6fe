package d2s.cli.connection;

import java.util.Objects;

/** A password. It can be used, but not printed by accident: {@link #toString} masks it. */
public final class Secret {

  private final String text;

  public Secret(String text) {
    this.text = Objects.requireNonNull(text);
  }

  /** The password itself, for the driver only. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "********";
  }
}

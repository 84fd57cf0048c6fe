package d2s.engine.yaml;

/** A piece of text from a mapping file: a name, an expression or SQL, with the place it has. */
public record Text(String value, Position at) {

  @Override
  public String toString() {
    return value;
  }
}

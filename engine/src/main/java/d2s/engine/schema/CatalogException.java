package d2s.engine.schema;

/** A catalog or a recording that cannot be read. The message is meant for people. */
public final class CatalogException extends RuntimeException {

  public CatalogException(String message) {
    super(message);
  }

  public CatalogException(String message, Throwable cause) {
    super(message, cause);
  }
}

package d2s.engine.files;

/** The folders of a store cannot be worked with. Nothing was touched. The message is for people. */
public final class StoreUnusableException extends Exception {

  private static final long serialVersionUID = 1;

  StoreUnusableException(String message) {
    super(message);
  }
}

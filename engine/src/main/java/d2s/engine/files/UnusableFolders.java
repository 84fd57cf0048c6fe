package d2s.engine.files;

/** The folders of a store cannot be worked with. Nothing was touched. The message is for people. */
public final class UnusableFolders extends Exception {

  private static final long serialVersionUID = 1;

  UnusableFolders(String message) {
    super(message);
  }
}

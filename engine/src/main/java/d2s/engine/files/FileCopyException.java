package d2s.engine.files;

/**
 * Copying cannot go on, e.g. because the disk is full. What was copied so far stays, and is found
 * again by the next attempt. The message is for people.
 */
public final class FileCopyException extends Exception {

  private static final long serialVersionUID = 1;

  FileCopyException(String message, Throwable cause) {
    super(message, cause);
  }
}

package d2s.engine.files;

import d2s.engine.result.FileProblem;

/** Why one file is not carried over; the others are. */
final class FileProblemException extends Exception {

  private static final long serialVersionUID = 1;

  private final FileProblem.Kind kind;

  FileProblemException(FileProblem.Kind kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  FileProblem.Kind kind() {
    return kind;
  }
}

package d2s.engine.files;

/** Why one file is not carried over; the others are. */
final class FileTrouble extends Exception {

  private static final long serialVersionUID = 1;

  private final FileProblem.Kind kind;

  FileTrouble(FileProblem.Kind kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  FileProblem.Kind kind() {
    return kind;
  }
}

package d2s.engine.result;

/**
 * A file that was not carried over.
 *
 * @param mapping the mapping that asked for it; empty for a file that none asked for
 * @param what names the row for people; empty without a row
 * @param path below the folder of the source, or of the target where that is the problem
 * @param reason what was found, for people; may be empty
 */
public record FileProblem(Kind kind, String mapping, String what, String path, String reason) {

  /** What is wrong with a file. */
  public enum Kind {
    NO_FILE("no_file", "rows without a file"),
    WRONG_SIZE("wrong_size", "files of another size than their row says"),
    WRONG_HASH("wrong_hash", "files whose content is damaged: their SHA-256 is another"),
    UNREADABLE("unreadable", "files that cannot be read"),
    BAD_PATH("bad_path", "files whose path leads out of its folder or cannot exist"),
    SAME_TARGET("same_target", "files that would overwrite another"),
    NO_ROW("no_row", "files without a row");

    private final String word;
    private final String meaning;

    Kind(String word, String meaning) {
      this.word = word;
      this.meaning = meaning;
    }

    /** For machines. */
    public String word() {
      return word;
    }

    /** For people: what several of this kind are. */
    public String meaning() {
      return meaning;
    }
  }
}

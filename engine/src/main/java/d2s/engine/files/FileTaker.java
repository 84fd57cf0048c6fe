package d2s.engine.files;

/** Takes the files of a store, one after the other, as the rows of the source tell them. */
public interface FileTaker {

  /** Says that a row knows this file of the source, though it is not carried over. */
  void claim(String from);

  /**
   * Hands over one file.
   *
   * @throws FileCopyException if it is of no use to go on
   */
  void submit(FileRequest request) throws FileCopyException;
}

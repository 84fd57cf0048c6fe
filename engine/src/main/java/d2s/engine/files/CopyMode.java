package d2s.engine.files;

/** How the content of a file gets into the target's folder. */
public enum CopyMode {
  /** A second file with the same content. */
  COPY,

  /**
   * A second name for the same file: takes no room, but both folders must be in one file system,
   * and the file keeps its owner. Where that does not work, the file is copied.
   */
  LINK,

  /**
   * A second file that shares its blocks on disk with the first until one is changed. It is the
   * kernel that does this, when Java asks it to copy (copy_file_range, JDK 25 does, JDK 17 does
   * not) and the file system can (Btrfs, XFS, bcachefs); otherwise it is a copy like any other.
   */
  CLONE
}

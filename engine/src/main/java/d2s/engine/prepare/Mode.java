package d2s.engine.prepare;

/** What two databases are looked at for. */
public enum Mode {
  /** To load the target. */
  LOAD,

  /** To find out whether and how it could be loaded. */
  CHECK,

  /** To look at a target that was loaded: it no longer has to be what it must be before. */
  VERIFY
}

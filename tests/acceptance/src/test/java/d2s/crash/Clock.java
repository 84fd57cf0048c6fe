package d2s.crash;

/**
 * Where a run is, told by what it sends to its databases: both proxies count their messages here.
 * When the point comes that a test waits for, everything stands still until it has acted.
 */
final class Clock {

  /** Which database a message is for. */
  enum Side {
    SOURCE,
    TARGET
  }

  /**
   * A message of the driver to a server, before it is passed on.
   *
   * @param number its number in this run, from 1, counting both databases
   * @param sql its statement; empty if it has none
   */
  record Message(Side side, long number, String sql) {}

  /** What a test waits for. */
  interface Listener {
    /** Called for one message at a time; no other one is passed on meanwhile. */
    void sent(Message message);

    /** The target has executed a COMMIT. Returns whether to keep its answer back. */
    default boolean committed() {
      return false;
    }
  }

  private long messages;
  private Listener listener = message -> {};

  synchronized void reset(Listener next) {
    messages = 0;
    listener = next;
  }

  synchronized long messages() {
    return messages;
  }

  synchronized void sent(Side side, String sql) {
    messages++;
    listener.sent(new Message(side, messages, sql));
  }

  synchronized boolean committed() {
    return listener.committed();
  }
}

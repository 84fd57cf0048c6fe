package d2s.generator.random;

/**
 * How large a generated server is.
 *
 * @param events rows of {@code roomserver_events}, met to within a few
 * @param users local accounts
 * @param rooms rooms made here or joined elsewhere, about
 * @param bigMembers members of the one big room when it is joined
 * @param bigChanges changes of its state after that
 * @param notified the share of events, the newest, whose notifications are still there: Dendrite
 *     deletes them after a day
 * @param seed the same seed gives the same rows
 */
public record Size(
    long events, int users, int rooms, int bigMembers, int bigChanges, double notified, long seed) {

  /** In the usual proportions. */
  public static Size of(long events) {
    return new Size(
        events,
        (int) Math.max(20, Math.min(events / 150, 20_000)),
        (int) Math.max(24, events / 100),
        (int) Math.min(events / 20, 50_000),
        (int) Math.min(events / 50, 20_000),
        0.05,
        1);
  }

  public Size withSeed(long other) {
    return new Size(events, users, rooms, bigMembers, bigChanges, notified, other);
  }

  public Size withUsers(int other) {
    return new Size(events, other, rooms, bigMembers, bigChanges, notified, seed);
  }

  public Size withRooms(int other) {
    return new Size(events, users, other, bigMembers, bigChanges, notified, seed);
  }

  public Size withBigRoom(int members, int changes) {
    return new Size(events, users, rooms, members, changes, notified, seed);
  }
}

package d2s.switchover.act;

/**
 * One subject of the life on the homeserver: what people do about it before the switch, what
 * happens while somebody is away, and what must be true when Synapse has taken over.
 *
 * <p>The acts run one after the other, in the same order in every phase. Between {@link #peerDown}
 * and {@link #after} nobody may ask the homeserver anything or send it anything: that is when its
 * answers are recorded, it is stopped, migrated and replaced, and asked again. An act checks with
 * AssertJ and names in {@code as(...)} what got lost.
 */
public interface Act {
  /** Dendrite serves everybody, the peer is up. */
  default void before(World world) throws Exception {}

  /**
   * Dendrite serves, the peer is up. Whoever is to be away has synced for the last time and must
   * not sync in here; what happens now is missed by them.
   */
  default void away(World world) throws Exception {}

  /** Dendrite serves, the peer is down: what is sent to it waits. */
  default void peerDown(World world) throws Exception {}

  /** Synapse serves at the same address, the peer is up again. */
  default void after(World world) throws Exception {}

  /** Synapse was stopped and started once more. */
  default void afterRestart(World world) throws Exception {}
}

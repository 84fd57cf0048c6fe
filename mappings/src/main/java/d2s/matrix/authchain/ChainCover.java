package d2s.matrix.authchain;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.BitSet;
import java.util.List;

/**
 * Computes Synapse's auth chain cover: the index that answers whether one state event is in the
 * auth chain of another. State resolution reads it; rooms of version 12 cannot resolve any conflict
 * without.
 *
 * <p>Every event has a place: a chain, and a sequence number on it, 1 … n without holes, each event
 * having the one before it in its auth chain. Links lead from a place to a place on another chain.
 * An event F is in the auth chain of E if and only if F has a smaller number on the chain of E, or
 * is at or below a place that links lead to: a link can be followed from its origin and from
 * everything above the origin on the same chain, and so on from link to link. (Synapse 1.163,
 * {@code _materialize} in {@code event_federation.py} is the reader; {@code _allocate_chain_ids} in
 * {@code events.py} is the writer.)
 *
 * <p>The group key is the room ID. The relations, both read from the target after its events are
 * loaded:
 *
 * <ul>
 *   <li>{@code events}: every state event of the room once, rejected ones and outliers too, with
 *       {@code out_of_band} true if the internal metadata says {@code out_of_band_membership}. The
 *       order decides how chains are numbered, which of two rival events continues a chain, and
 *       where a circle is cut, and nothing else; order by depth and event ID to get the same rows
 *       in every run.
 *   <li>{@code auth}: one row for each event and auth event, in any order, as {@code event_auth}
 *       holds them. In a room of version 12 the create event must be among the auth events, as it
 *       is there. Rows of events that {@code events} does not have are passed over.
 * </ul>
 *
 * <p>An auth event that is not among the state events of the room is unknown. Synapse gives an
 * event with an unknown auth event no place, nor any event with that one in its auth chain, and
 * puts them all into {@code event_auth_chain_to_calculate}; for out-of-band memberships this hook
 * does the same. Other events get a place that covers the part of their auth chain that is known,
 * which is what Synapse finds when it walks {@code event_auth} instead: without a place, a room of
 * version 12 could not resolve state any more.
 *
 * <p>Chains are numbered from 1 through all rooms of the run.
 */
public final class ChainCover implements Hook {
  private static final RowShape AUTH = RowShape.of("auth");
  private static final TextColumn EVENT_ID = AUTH.text("event_id");
  private static final TextColumn AUTH_ID = AUTH.text("auth_id");

  private static final RowShape CHAIN = RowShape.of("chain");
  private static final TextColumn CHAIN_EVENT = CHAIN.text("event_id");
  private static final IntegerColumn CHAIN_ID = CHAIN.integer("chain_id");
  private static final IntegerColumn SEQUENCE_NUMBER = CHAIN.integer("sequence_number");

  private static final RowShape LINK = RowShape.of("link");
  private static final IntegerColumn ORIGIN_CHAIN = LINK.integer("origin_chain_id");
  private static final IntegerColumn ORIGIN_SEQUENCE = LINK.integer("origin_sequence_number");
  private static final IntegerColumn TARGET_CHAIN = LINK.integer("target_chain_id");
  private static final IntegerColumn TARGET_SEQUENCE = LINK.integer("target_sequence_number");

  private static final RowShape TO_CALCULATE = RowShape.of("to_calculate");
  private static final TextColumn MISSING_EVENT = TO_CALCULATE.text("event_id");
  private static final TextColumn MISSING_ROOM = TO_CALCULATE.text("room_id");
  private static final TextColumn MISSING_TYPE = TO_CALCULATE.text("type");
  private static final TextColumn MISSING_STATE_KEY = TO_CALCULATE.text("state_key");

  /**
   * Enough that hardly a link is superfluous in rooms as people use them (one or two in a hundred
   * at the most), and a bound for rooms that somebody built to be slow.
   */
  private static final int STEPS = 64;

  private final int steps;
  private long chainsBefore;

  public ChainCover() {
    this(STEPS);
  }

  ChainCover(int steps) {
    this.steps = steps;
  }

  @Override
  public String description() {
    return "Gives every state event a place in a chain, so that all that comes before it in its chain is"
        + " in its auth chain, and links chains where an auth event is in another one.";
  }

  @Override
  public List<RowShape> reads() {
    return List.of(ChainEvents.EVENTS, AUTH);
  }

  @Override
  public List<RowShape> emits() {
    return List.of(CHAIN, LINK, TO_CALCULATE);
  }

  @Override
  public void group(Group group, Emitter out) {
    ChainEvents events = ChainEvents.read(group.rows(ChainEvents.EVENTS));
    BitSet incomplete = new BitSet();
    Edges named = readAuth(group.rows(AUTH), events, incomplete);
    AuthOrder order =
        AuthOrder.of(
            named,
            (event, authEvent) -> reportCircle(group, events.id(event), events.id(authEvent), out));
    cover((String) group.key(), events, incomplete, order, out);
  }

  private static void reportCircle(Group room, String event, String authEvent, Emitter out) {
    String reason =
        """
        In room %s the auth events of this event lead back to itself through %s. \
        The auth chain index leaves out that one step, so state resolution will not find \
        %s among the auth events of %s.""";
    out.skip(event, reason.formatted(room.key(), authEvent, authEvent, event));
  }

  private static Edges readAuth(Rows rows, ChainEvents events, BitSet incomplete) {
    Edges.Builder edges = new Edges.Builder();
    while (rows.next()) {
      int event = events.find(rows.get(EVENT_ID));
      if (event == Interner.UNKNOWN) {
        continue;
      }
      int authEvent = events.find(rows.get(AUTH_ID));
      if (authEvent == Interner.UNKNOWN) {
        incomplete.set(event);
      } else {
        edges.add(event, authEvent);
      }
    }
    return edges.build(events.size());
  }

  private void cover(
      String room, ChainEvents events, BitSet incomplete, AuthOrder order, Emitter out) {
    Edges auth = order.authEvents();
    BitSet covered = Coverage.of(order, events, incomplete);
    Chains chains = new Chains(auth.nodes());
    Links links = new Links(auth, chains, steps);
    for (int position = 0; position < auth.nodes(); position++) {
      int event = order.eventAt(position);
      if (!covered.get(position)) {
        out.row(TO_CALCULATE)
            .set(MISSING_EVENT, events.id(event))
            .set(MISSING_ROOM, room)
            .set(MISSING_TYPE, events.type(event))
            .set(MISSING_STATE_KEY, events.stateKey(event))
            .emit();
        continue;
      }
      place(position, order, events, chains);
      long chain = chainsBefore + 1 + chains.chainOf(position);
      long sequence = chains.sequenceOf(position);
      out.row(CHAIN)
          .set(CHAIN_EVENT, events.id(event))
          .set(CHAIN_ID, chain)
          .set(SEQUENCE_NUMBER, sequence)
          .emit();
      links.find(
          position,
          (targetChain, targetSequence) ->
              out.row(LINK)
                  .set(ORIGIN_CHAIN, chain)
                  .set(ORIGIN_SEQUENCE, sequence)
                  .set(TARGET_CHAIN, chainsBefore + 1 + targetChain)
                  .set(TARGET_SEQUENCE, targetSequence)
                  .emit());
    }
    chainsBefore += chains.count();
  }

  /** Continues the chain of the latest auth event for the same entry of the state, if it can. */
  private static void place(int position, AuthOrder order, ChainEvents events, Chains chains) {
    Edges auth = order.authEvents();
    for (int edge = auth.from(position + 1) - 1; edge >= auth.from(position); edge--) {
      int authEvent = auth.target(edge);
      if (chains.isLast(authEvent)
          && events.sameEntry(order.eventAt(position), order.eventAt(authEvent))) {
        chains.extend(position, authEvent);
        return;
      }
    }
    chains.begin(position);
  }
}

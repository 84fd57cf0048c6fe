package d2s.matrix.authchain;

import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The state events of one room, numbered in the order in which they were read.
 *
 * <p>One room can have a million of them, so an event is a number, and what is known of it lies in
 * primitive arrays.
 */
final class ChainEvents {
  static final RowShape EVENTS = RowShape.of("events");
  private static final TextColumn EVENT_ID = EVENTS.text("event_id");
  private static final TextColumn TYPE = EVENTS.text("type");
  private static final TextColumn STATE_KEY = EVENTS.text("state_key");
  private static final FlagColumn OUT_OF_BAND = EVENTS.flag("out_of_band");

  private final Interner ids = new Interner();
  private final Interner types = new Interner();
  private final Interner stateKeys = new Interner();
  private int[] typeOf = new int[16];
  private int[] stateKeyOf = new int[16];
  private final BitSet outOfBand = new BitSet();

  /** Reads relation {@code events}. */
  static ChainEvents read(Rows rows) {
    ChainEvents events = new ChainEvents();
    while (rows.next()) {
      events.add(rows.get(EVENT_ID), rows.get(TYPE), rows.get(STATE_KEY), rows.get(OUT_OF_BAND));
    }
    return events;
  }

  private void add(String id, String type, String stateKey, boolean isOutOfBand) {
    int event = ids.size();
    if (ids.number(id) != event) {
      throw new IllegalArgumentException(
          "The state event " + id + " was read twice. Its relation must give one row per event.");
    }
    if (event == typeOf.length) {
      typeOf = Arrays.copyOf(typeOf, 2 * event);
      stateKeyOf = Arrays.copyOf(stateKeyOf, 2 * event);
    }
    typeOf[event] = types.number(type);
    stateKeyOf[event] = stateKeys.number(stateKey);
    outOfBand.set(event, isOutOfBand);
  }

  int size() {
    return ids.size();
  }

  /** The number of an event, or {@link Interner#UNKNOWN}. */
  int find(String id) {
    return ids.find(id);
  }

  String id(int event) {
    return ids.text(event);
  }

  String type(int event) {
    return types.text(typeOf[event]);
  }

  String stateKey(int event) {
    return stateKeys.text(stateKeyOf[event]);
  }

  /** Whether two events set the same entry of the room's state. */
  boolean sameEntry(int one, int other) {
    return typeOf[one] == typeOf[other] && stateKeyOf[one] == stateKeyOf[other];
  }

  /** Whether the event is a membership that reached the server from a room it is not in. */
  boolean isOutOfBand(int event) {
    return outOfBand.get(event);
  }
}

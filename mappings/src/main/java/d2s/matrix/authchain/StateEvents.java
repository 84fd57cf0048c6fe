package d2s.matrix.authchain;

import d2s.engine.extension.Rows;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The state events of one room, numbered in the order in which they were read.
 *
 * <p>One room can have a million of them, so an event is a number, and what is known of it lies in
 * primitive arrays.
 */
final class StateEvents {
  private final Interner ids = new Interner();
  private final Interner types = new Interner();
  private final Interner stateKeys = new Interner();
  private int[] typeOf = new int[16];
  private int[] stateKeyOf = new int[16];
  private final BitSet outOfBand = new BitSet();

  /** Reads rows of event ID, type, state key and whether it is an out-of-band membership. */
  static StateEvents read(Rows rows) {
    StateEvents events = new StateEvents();
    while (rows.next()) {
      events.add(rows.text(0), rows.text(1), rows.text(2), rows.flag(3));
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

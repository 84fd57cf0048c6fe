package d2s.matrix.verification.state;

import d2s.engine.extension.Findings;
import d2s.engine.extension.JointVerification;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.ByKey;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;

/**
 * Looks at the last state that Dendrite has of each room. All of these verifications read it at
 * once.
 */
public abstract class LastStateVerification implements JointVerification {

  /**
   * The last state of a room.
   *
   * @param state the event of each key, see {@link StateKeys}; not to be changed
   * @param lost whether Dendrite has lost it, so that others stand for it
   * @param repaired the entries that were lost, so that another table of Dendrite stands for them
   * @param known its events
   * @param rooms the queries that were added
   */
  protected record Room(
      String id,
      Map<String, String> state,
      boolean lost,
      Map<String, String> repaired,
      KnownRoom known,
      ByKey rooms) {}

  @Override
  public final String reading() {
    return "the state of every room in Dendrite";
  }

  @Override
  public int passes() {
    return 3;
  }

  /** Adds queries, under names that no other of these verifications uses. */
  protected abstract void addTo(ByKey rooms, VerificationContext context) throws SQLException;

  protected abstract void look(Room room, VerificationContext context, Findings findings)
      throws SQLException;

  /** Called once after the last room. */
  protected abstract void end(VerificationContext context, Findings findings) throws SQLException;

  @Override
  public final void verify(VerificationContext context, Map<Verification, Findings> together)
      throws SQLException {
    try (LastStates states = new LastStates(context)) {
      ByKey rooms = states.rooms();
      for (Verification one : together.keySet()) {
        ((LastStateVerification) one).addTo(rooms, context);
      }
      for (String id = rooms.next(null); id != null; id = rooms.next(id)) {
        KnownRoom known = new KnownRoom(id, rooms);
        Map<String, String> state = Collections.unmodifiableMap(states.of(id, known));
        Room room = new Room(id, state, states.wasLost(), states.repaired(), known, rooms);
        for (Map.Entry<Verification, Findings> one : together.entrySet()) {
          ((LastStateVerification) one.getKey()).look(room, context, one.getValue());
        }
      }
    }
    for (Map.Entry<Verification, Findings> one : together.entrySet()) {
      ((LastStateVerification) one.getKey()).end(context, one.getValue());
    }
  }
}

package d2s.matrix.verification;

import d2s.engine.extension.VerificationContext;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Which rooms, events and devices Synapse has. What belongs to others cannot be there; whether they
 * should be is the business of the verifications of rooms and of events.
 */
public final class Carried implements AutoCloseable {

  private final PreparedStatement rooms;
  private final PreparedStatement events;
  private final PreparedStatement devices;

  public Carried(VerificationContext context) throws SQLException {
    rooms = context.target().prepareStatement("select 1 from rooms where room_id = ?");
    events = context.target().prepareStatement("select 1 from events where event_id = ?");
    devices =
        context
            .target()
            .prepareStatement("select 1 from devices where user_id || ' ' || device_id = ?");
  }

  public boolean hasRoom(String roomId) throws SQLException {
    return exists(rooms, roomId);
  }

  public boolean hasEvent(String eventId) throws SQLException {
    return exists(events, eventId);
  }

  /** The user and the device with a space between them. */
  public boolean hasDevice(String userAndDevice) throws SQLException {
    return exists(devices, userAndDevice);
  }

  private static boolean exists(PreparedStatement statement, String id) throws SQLException {
    statement.setString(1, id);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  @Override
  public void close() throws SQLException {
    rooms.close();
    events.close();
    devices.close();
  }
}

package d2s.matrix.verification;

import d2s.engine.extension.VerificationContext;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.IntStream;

/**
 * Which rooms, events and devices Synapse has. What belongs to others cannot be there; whether they
 * should be is the business of the verifications of rooms and of events.
 */
public final class Carried implements AutoCloseable {

  private final PreparedStatement rooms;
  private final PreparedStatement events;
  private final PreparedStatement eventsOfRooms;
  private final PreparedStatement devices;

  public Carried(VerificationContext context) throws SQLException {
    rooms = context.target().prepareStatement("select 1 from rooms where room_id = ?");
    events = context.target().prepareStatement("select 1 from events where event_id = ?");
    eventsOfRooms =
        context
            .target()
            .prepareStatement("select 1 from events where event_id = ? and room_id = ?");
    devices =
        context
            .target()
            .prepareStatement(
                "select 1 from devices where user_id = any (?) and user_id || ' ' || device_id = ?");
  }

  public boolean hasRoom(String roomId) throws SQLException {
    return exists(rooms, roomId);
  }

  public boolean hasEvent(String eventId) throws SQLException {
    return exists(events, eventId);
  }

  /** Whether the event is there, and in this room. */
  public boolean hasEvent(String eventId, String roomId) throws SQLException {
    eventsOfRooms.setString(2, roomId);
    return exists(eventsOfRooms, eventId);
  }

  /** The user and the device with a space between them. */
  public boolean hasDevice(String userAndDevice) throws SQLException {
    // A space in one of the two leaves open where the user ends; an index needs whole values.
    Object[] users =
        IntStream.range(0, userAndDevice.length())
            .filter(i -> userAndDevice.charAt(i) == ' ')
            .mapToObj(i -> userAndDevice.substring(0, i))
            .toArray();
    devices.setArray(1, devices.getConnection().createArrayOf("text", users));
    devices.setString(2, userAndDevice);
    return isFound(devices);
  }

  private static boolean exists(PreparedStatement statement, String id) throws SQLException {
    statement.setString(1, id);
    return isFound(statement);
  }

  private static boolean isFound(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  @Override
  public void close() throws SQLException {
    rooms.close();
    events.close();
    eventsOfRooms.close();
    devices.close();
  }
}

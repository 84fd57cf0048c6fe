package d2s.cli.acceptance;

import d2s.matrix.event.EventId;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the id of every event from the JSON that Synapse holds, as Synapse does whenever it
 * reads one. In room versions 1 and 2 the id stands in the JSON itself.
 */
final class EventIdentities {

  private EventIdentities() {}

  /**
   * @param events how many events were computed
   * @param wrong ids that do not match
   */
  record Result(int events, List<String> wrong) {}

  static Result check(Connection synapse) throws SQLException {
    List<String> wrong = new ArrayList<>();
    int events = 0;
    try (Statement statement = synapse.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select j.event_id, j.json, r.room_version, j.format_version"
                    + " from event_json j join rooms r using (room_id)")) {
      while (rows.next()) {
        String eventId = rows.getString(1);
        RoomVersion version = RoomVersion.of(rows.getString(3)).orElseThrow();
        Pdu pdu = Pdu.parse(rows.getString(2), eventId, version);
        events++;
        if (!EventId.of(pdu).equals(eventId) || pdu.getFormatVersion() != rows.getInt(4)) {
          wrong.add(eventId);
        }
      }
    }
    return new Result(events, wrong);
  }
}

package d2s.matrix.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.JointVerification;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.RoomVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at every event of Synapse with its JSON. All of these verifications read the events at
 * once, and the JSON of each is parsed once.
 */
public abstract class EventVerification implements JointVerification {

  /**
   * An event, or JSON without an event.
   *
   * @param text the JSON as it is stored; null if there is none
   * @param json null if there is none that can be read
   * @param version empty if the room is missing or of an unknown version
   * @param row all columns; {@code no_event} if there is JSON alone
   */
  public record Row(
      String id, String text, ObjectNode json, Optional<RoomVersion> version, ResultSet row) {}

  @Override
  public final String reading() {
    return "every event of Synapse";
  }

  @Override
  public int passes() {
    return 2;
  }

  /**
   * What else is read: expressions, each after a comma, that may refer to {@code e}, an event.
   * Their names must be used by no other verification of events.
   */
  protected abstract String columns();

  /** Joins of what these expressions refer to, with one row at most for each event. */
  protected String joins() {
    return "";
  }

  /** Called once before the first event. */
  protected void start(VerificationContext context) throws SQLException {}

  protected abstract void look(Row row, Findings findings) throws SQLException;

  /** Called once after the last event. */
  protected void end(VerificationContext context, Findings findings) throws SQLException {}

  @Override
  public final void verify(VerificationContext context, Map<Verification, Findings> together)
      throws SQLException {
    StringBuilder columns = new StringBuilder();
    StringBuilder joins = new StringBuilder();
    for (Verification one : together.keySet()) {
      columns.append(((EventVerification) one).columns());
      joins.append(((EventVerification) one).joins());
      ((EventVerification) one).start(context);
    }
    Sql.each(
        context.target(),
        """
        select coalesce(e.event_id, j.event_id) as id, e.event_id is null as no_event, e.room_id, e.type,
               e.state_key, e.rejection_reason is not null as rejected, e.outlier, j.json, r.room_version
               %s
        from events e
        full join event_json j on j.event_id = e.event_id
        left join rooms r on r.room_id = coalesce(e.room_id, j.room_id)
        %s
        """
            .formatted(columns, joins),
        row -> {
          String text = row.getString("json");
          Row read =
              new Row(
                  row.getString("id"),
                  text,
                  text == null ? null : EventJson.read(text),
                  RoomVersion.of(row.getString("room_version")),
                  row);
          for (Map.Entry<Verification, Findings> one : together.entrySet()) {
            ((EventVerification) one.getKey()).look(read, one.getValue());
          }
        });
    for (Map.Entry<Verification, Findings> one : together.entrySet()) {
      ((EventVerification) one.getKey()).end(context, one.getValue());
    }
  }
}

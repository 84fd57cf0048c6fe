package d2s.matrix.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.RoomVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Holds what Synapse's other tables say of each event against the JSON of the event. */
public abstract class FromEventJson implements Verification {

  /** An event, and what other tables have on it. */
  public record Event(
      String id,
      String roomId,
      RoomVersion roomVersion,
      boolean rejected,
      boolean outlier,
      ObjectNode json,
      ResultSet row) {

    public String type() {
      return EventJson.text(json, "type");
    }

    /** Null if it is no state event. */
    public String stateKey() {
      return EventJson.text(json, "state_key");
    }

    public boolean isState() {
      return stateKey() != null;
    }
  }

  /** The other tables' part of the query: expressions that may refer to {@code e}, an event. */
  protected abstract String columns();

  /** A query of what the other tables have on events that are not there at all. */
  protected abstract String orphans();

  /** Called once before the first event. */
  protected void start(VerificationContext context) throws SQLException {}

  protected abstract void check(Event event, Findings findings) throws SQLException;

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    start(context);
    String sql =
        """
        select e.event_id as id, e.room_id, e.rejection_reason is not null as rejected, e.outlier,
               j.json, r.room_version, %s
        from events e
        join event_json j on j.event_id = e.event_id
        join rooms r on r.room_id = e.room_id
        """
            .formatted(columns());
    Sql.each(
        context.target(),
        sql,
        row -> {
          ObjectNode json = EventJson.read(row.getString("json"));
          Optional<RoomVersion> version = RoomVersion.of(row.getString("room_version"));
          // What cannot be read is the business of the verification of event ids.
          if (json != null && version.isPresent()) {
            Event event =
                new Event(
                    row.getString("id"),
                    row.getString("room_id"),
                    version.get(),
                    row.getBoolean("rejected"),
                    row.getBoolean("outlier"),
                    json,
                    row);
            findings.looked();
            check(event, findings);
          }
        });
    Sql.findAll(context.target(), orphans(), "there is no such event", findings);
  }
}

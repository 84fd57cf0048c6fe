package d2s.matrix.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.RoomVersion;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Holds what Synapse's other tables say of each event against the JSON of the event. */
public abstract class FromEventJson extends EventVerification {

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

  /** A query of what the other tables have on events that are not there at all. */
  protected abstract String orphans();

  protected abstract void check(Event event, Findings findings) throws SQLException;

  @Override
  protected final void look(Row read, Findings findings) throws SQLException {
    // What cannot be read is the business of the verification of event ids.
    if (read.row().getBoolean("no_event") || read.json() == null || read.version().isEmpty()) {
      return;
    }
    Event event =
        new Event(
            read.id(),
            read.row().getString("room_id"),
            read.version().get(),
            read.row().getBoolean("rejected"),
            read.row().getBoolean("outlier"),
            read.json(),
            read.row());
    findings.looked();
    check(event, findings);
  }

  @Override
  protected void end(VerificationContext context, Findings findings) throws SQLException {
    Sql.findAll(context.target(), orphans(), "there is no such event", findings);
  }
}

package d2s.matrix.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;

/** Holds what another table of Synapse says of each event against the JSON of the event. */
public abstract class FromEventJson extends EventVerification {

  /** An event that can be read. */
  public record Event(String id, Stored stored, RoomVersion roomVersion, ObjectNode json) {

    public String roomId() {
      return stored.roomId();
    }

    public boolean rejected() {
      return stored.rejected();
    }

    public boolean outlier() {
      return stored.outlier();
    }

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

  /** Reads what the other table has on the event that is looked at. */
  @FunctionalInterface
  public interface OtherRows {
    void each(Sql.RowReader reader) throws SQLException;
  }

  /** A query of what the other table has, with a column {@code event_id}. */
  protected abstract String query();

  protected abstract void check(Event event, OtherRows rows, Findings findings) throws SQLException;

  @Override
  protected final void addTo(ByKey events, VerificationContext context) throws SQLException {
    events.with(name(), context.target(), query());
  }

  @Override
  protected final void look(Row read, Findings findings) throws SQLException {
    if (read.event() == null) {
      read.rows()
          .read(read.id(), name(), row -> findings.found(read.id(), "there is no such event"));
      return;
    }
    // What cannot be read is the business of the verification of event ids.
    if (read.json() == null || read.json().event() == null || read.version().isEmpty()) {
      return;
    }
    findings.looked();
    check(
        new Event(read.id(), read.event(), read.version().get(), read.json().event()),
        reader -> read.rows().read(read.id(), name(), reader),
        findings);
  }
}

package d2s.matrix.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.JointVerification;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at every event of Synapse with its JSON, and with what other tables have on it. All of
 * these verifications read the events at once, in the order of their ids, and the JSON of each is
 * parsed once.
 */
public abstract class EventVerification implements JointVerification {

  /**
   * SQL for a hash of a text. The bytes are those of UTF-8, whatever the encoding of the database.
   */
  protected static final String HASH = "sha256(textsend(%s))";

  /** A row of {@code events}. */
  public record Stored(
      String roomId,
      String type,
      String stateKey,
      String sender,
      boolean rejected,
      boolean outlier,
      long depth,
      long topologicalOrdering,
      String streamOrdering,
      long originServerTs,
      boolean containsUrl) {

    private static final String QUERY =
        """
        select event_id, room_id, type, state_key, sender, rejection_reason is not null as rejected, outlier,
               depth, topological_ordering, stream_ordering, origin_server_ts, contains_url
        from events
        """;

    private static Stored of(ResultSet row) throws SQLException {
      return new Stored(
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          row.getBoolean(6),
          row.getBoolean(7),
          row.getLong(8),
          row.getLong(9),
          row.getString(10),
          row.getLong(11),
          row.getBoolean(12));
    }
  }

  /**
   * A row of {@code event_json}.
   *
   * @param hash of its UTF-8, as {@link #HASH} gives it
   * @param event the text as an object; not to be changed; null if it is none
   */
  public record StoredJson(
      String text,
      byte[] hash,
      ObjectNode event,
      String roomId,
      int formatVersion,
      String internalMetadata) {

    private static final String QUERY =
        "select event_id, json, room_id, format_version, internal_metadata, "
            + HASH.formatted("json")
            + " as hash from event_json";

    private static StoredJson of(ResultSet row) throws SQLException {
      String text = row.getString(2);
      return new StoredJson(
          text,
          row.getBytes(6),
          EventJson.read(text),
          row.getString(3),
          row.getInt(4),
          row.getString(5));
    }
  }

  /**
   * Everything under one id.
   *
   * @param event null if there is no such event
   * @param json null if there is none
   * @param version empty if the room is missing or of an unknown version
   * @param rows the queries that were added
   */
  public record Row(
      String id, Stored event, StoredJson json, Optional<RoomVersion> version, ByKey rows) {}

  @Override
  public final String reading() {
    return "every event of Synapse";
  }

  @Override
  public int passes() {
    return 2;
  }

  /**
   * Adds queries with a column {@code event_id}, under names that no other of these verifications
   * uses.
   */
  protected void addTo(ByKey events, VerificationContext context) throws SQLException {}

  /**
   * Called once before the first event.
   *
   * @param versions the version of each room of Synapse; empty if it is unknown
   */
  protected void start(VerificationContext context, Map<String, Optional<RoomVersion>> versions)
      throws SQLException {}

  protected abstract void look(Row row, Findings findings) throws SQLException;

  /** Called once after the last event. */
  protected void end(VerificationContext context, Findings findings) throws SQLException {}

  @Override
  public final void verify(VerificationContext context, Map<Verification, Findings> together)
      throws SQLException {
    Map<String, Optional<RoomVersion>> versions = new HashMap<>();
    Sql.each(
        context.target(),
        "select room_id, room_version from rooms",
        row -> versions.put(row.getString(1), RoomVersion.of(row.getString(2))));
    try (ByKey events = new ByKey("event_id")) {
      events
          .with("events", context.target(), Stored.QUERY)
          .with("event_json", context.target(), StoredJson.QUERY);
      for (Verification one : together.keySet()) {
        ((EventVerification) one).start(context, versions);
        ((EventVerification) one).addTo(events, context);
      }
      for (String id = events.next(null); id != null; id = events.next(id)) {
        Row row = read(id, events, versions);
        for (Map.Entry<Verification, Findings> one : together.entrySet()) {
          ((EventVerification) one.getKey()).look(row, one.getValue());
        }
      }
    }
    for (Map.Entry<Verification, Findings> one : together.entrySet()) {
      ((EventVerification) one.getKey()).end(context, one.getValue());
    }
  }

  private static Row read(String id, ByKey events, Map<String, Optional<RoomVersion>> versions)
      throws SQLException {
    Stored[] event = new Stored[1];
    StoredJson[] json = new StoredJson[1];
    events.read(id, "events", row -> event[0] = Stored.of(row));
    events.read(id, "event_json", row -> json[0] = StoredJson.of(row));
    String room = event[0] != null ? event[0].roomId() : json[0] != null ? json[0].roomId() : null;
    return new Row(id, event[0], json[0], versions.getOrDefault(room, Optional.empty()), events);
  }
}

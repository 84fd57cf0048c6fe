package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.FromEventJson;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code event_search}: whatever has words can be searched for. The words themselves are not looked
 * at.
 */
public final class SearchVerification extends FromEventJson {

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String proves() {
    return "Every message and name and topic of a room can be searched for.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_search");
  }

  @Override
  protected String query() {
    return "select event_id, key, room_id, origin_server_ts::text, stream_ordering::text from event_search";
  }

  @Override
  protected void check(Event event, OtherRows rows, Findings findings) throws SQLException {
    List<List<String>> indexed = new ArrayList<>();
    rows.each(
        row ->
            indexed.add(
                Arrays.asList(
                    row.getString(2), row.getString(3), row.getString(4), row.getString(5))));
    String member = memberWithWords(event);
    if (member == null && !indexed.isEmpty()) {
      findings.found(event.id(), "is in the search index, but has no words");
    } else if (member != null && indexed.isEmpty()) {
      findings.found(event.id(), "cannot be searched for");
    } else if (member != null && !indexed.equals(List.of(expected(event, member)))) {
      findings.found(event.id(), "is in the search index under another room, kind, place or time");
    }
  }

  private static List<String> expected(Event event, String member) {
    return List.of(
        "content." + member,
        event.roomId(),
        String.valueOf(event.stored().originServerTs()),
        event.stored().streamOrdering());
  }

  /** The member of the content that a search looks into; null if there is none. */
  private static String memberWithWords(Event event) {
    String type = event.type();
    String member =
        "m.room.message".equals(type)
            ? "body"
            : "m.room.name".equals(type) ? "name" : "m.room.topic".equals(type) ? "topic" : null;
    boolean words =
        member != null
            && !event.rejected()
            && EventJson.text(event.json().path("content"), member) != null;
    return words ? member : null;
  }
}

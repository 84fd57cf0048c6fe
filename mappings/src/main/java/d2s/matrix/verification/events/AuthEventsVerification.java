package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.FromEventJson;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code event_auth}: the auth events of every state event, rejected ones included. From room
 * version 12 on the create event is one of them without being named.
 */
public final class AuthEventsVerification extends FromEventJson {

  @Override
  public String name() {
    return "auth events";
  }

  @Override
  public String proves() {
    return "Every state event has the auth events that its JSON names.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_auth");
  }

  @Override
  protected String query() {
    return "select event_id, auth_id, room_id from event_auth";
  }

  @Override
  protected void check(Event event, OtherRows rows, Findings findings) throws SQLException {
    List<String> auth = new ArrayList<>();
    Set<String> rooms = new HashSet<>();
    rooms.add(event.roomId());
    rows.each(
        row -> {
          auth.add(row.getString(2));
          rooms.add(row.getString(3));
        });
    List<String> expected = new ArrayList<>();
    if (event.isState()) {
      expected.addAll(EventJson.references(event.json(), "auth_events"));
      if (event.roomVersion().isRoomNamedAfterCreateEvent()
          && !"m.room.create".equals(event.type())) {
        expected.add("$" + event.roomId().substring(1));
      }
    }
    if (!Set.copyOf(auth).equals(Set.copyOf(expected))) {
      findings.found(event.id(), "has other auth events than its JSON names");
    } else if (auth.size() != expected.size() && Set.copyOf(auth).size() != auth.size()) {
      findings.found(event.id(), "has an auth event twice");
    } else if (rooms.size() > 1) {
      findings.found(event.id(), "has auth events under another room");
    }
  }
}

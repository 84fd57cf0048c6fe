package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.FromEventJson;
import d2s.matrix.verification.Lists;
import java.sql.SQLException;
import java.util.ArrayList;
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
  protected String columns() {
    return ", auth.auth, auth.first_room <> e.room_id or auth.last_room <> e.room_id as elsewhere";
  }

  @Override
  protected String joins() {
    return """
    left join (
      select a.event_id, array_agg(a.auth_id) as auth, min(a.room_id) as first_room, max(a.room_id) as last_room
      from event_auth a group by a.event_id) auth on auth.event_id = e.event_id
    """;
  }

  @Override
  protected String orphans() {
    return "select a.event_id from event_auth a"
        + " where not exists (select 1 from events e where e.event_id = a.event_id)";
  }

  @Override
  protected void check(Event event, Findings findings) throws SQLException {
    List<String> auth = Lists.texts(event.row(), "auth");
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
    } else if (event.row().getBoolean("elsewhere")) {
      findings.found(event.id(), "has auth events under another room");
    }
  }
}

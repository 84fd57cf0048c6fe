package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.matrix.verification.FromEventJson;
import d2s.matrix.verification.Lists;
import java.sql.SQLException;
import java.util.List;

/** {@code state_events}: every event with a state key, rejected ones and outliers too. */
public final class StateEventsVerification extends FromEventJson {

  @Override
  public String name() {
    return "state events";
  }

  @Override
  public String proves() {
    return "Every event with a state key is known as a state event and no other.";
  }

  @Override
  public List<String> tables() {
    return List.of("state_events");
  }

  @Override
  protected String columns() {
    return ", state.state";
  }

  @Override
  protected String joins() {
    return """
    left join (
      select s.event_id, array[s.room_id, s.type, s.state_key] as state from state_events s
    ) state on state.event_id = e.event_id
    """;
  }

  @Override
  protected String orphans() {
    return "select s.event_id from state_events s"
        + " where not exists (select 1 from events e where e.event_id = s.event_id)";
  }

  @Override
  protected void check(Event event, Findings findings) throws SQLException {
    List<String> state = Lists.texts(event.row(), "state");
    List<String> expected =
        event.isState() ? List.of(event.roomId(), event.type(), event.stateKey()) : List.of();
    if (!state.equals(expected)) {
      findings.found(
          event.id(),
          state.isEmpty()
              ? "is a state event, but Synapse does not know"
              : expected.isEmpty()
                  ? "is no state event, but Synapse takes it for one"
                  : "has another room, type or state key as a state event");
    }
  }
}

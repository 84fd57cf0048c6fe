package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.matrix.verification.FromEventJson;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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
  protected String query() {
    return "select event_id, room_id, type, state_key from state_events";
  }

  @Override
  protected void check(Event event, OtherRows rows, Findings findings) throws SQLException {
    List<String> state = new ArrayList<>();
    rows.each(
        row -> state.addAll(Arrays.asList(row.getString(2), row.getString(3), row.getString(4))));
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

package d2s.matrix.verification.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.Interner;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class KnownRoomTest {

  private static KnownRoom room(String stateEvents, String events) throws SQLException {
    try (Given given =
        new Given()
            .with("state events", "event_id text, type text, state_key text", stateEvents)
            .with(
                "events",
                "event_id text, event_nid bigint, state_snapshot_nid bigint, is_rejected boolean",
                events)
            .with("blocks", "state_block_nid bigint, event_nids bigint[]", "")
            .with("snapshots", "state_snapshot_nid bigint, state_block_nids bigint[]", "")) {
      return new KnownRoom(Given.ROOM, given.rows());
    }
  }

  private static KnownRoom room() throws SQLException {
    return room(
        "('$name', 'm.room.name', ''), ('$create', 'm.room.create', '')",
        """
        ('$create', 1, 0, false), ('$name', 2, 7, true), ('$message', 3, 8, false)
        """);
  }

  @Test
  void eventsHaveTheirNumbers() throws SQLException {
    KnownRoom room = room();

    assertThat(room.all()).hasSize(3);
    assertThat(room.all().get(1))
        .isEqualTo(new KnownRoom.Event(room.events().find("$name"), 2, 7, true));
    assertThat(room.event(3)).isEqualTo(room.events().find("$message"));
    assertThat(room.event(4)).isEqualTo(Interner.NONE);
    assertThat(room.accepted("$message")).isEqualTo(3);
    assertThat(room.accepted("$name")).isNull();
    assertThat(room.accepted("$other")).isNull();
    assertThat(room.snapshots()).isNotNull();
  }

  @Test
  void stateEventsHaveKeys() throws SQLException {
    KnownRoom room = room();

    assertThat(room.keyOf("$name")).isEqualTo(StateKeys.of("m.room.name", ""));
    assertThat(room.keyOf("$message")).isNull();
    assertThat(room.keyOf("$other")).isNull();
    assertThat(room.key(1)).isEqualTo(room.keys().find(StateKeys.CREATE));
    assertThat(room.key(3)).isEqualTo(Interner.NONE);
    assertThat(room.key(4)).isEqualTo(Interner.NONE);
  }

  @Test
  void aRoomBeganWithItsOnlyCreateEvent() throws SQLException {
    KnownRoom room = room();

    assertThat(room.create()).isEqualTo(room.events().find("$create"));
    assertThat(room("", "('$message', 3, 8, false)").create()).isEqualTo(Interner.NONE);
    assertThat(room("('$one', 'm.room.create', ''), ('$two', 'm.room.create', '')", "").create())
        .isEqualTo(Interner.NONE);
  }
}

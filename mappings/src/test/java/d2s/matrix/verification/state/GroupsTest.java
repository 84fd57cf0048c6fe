package d2s.matrix.verification.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.Interner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupsTest {

  private final Interner keys = new Interner();
  private final Interner events = new Interner();
  private final List<Long> visited = new ArrayList<>();
  private final Map<Long, List<String>> states = new HashMap<>();

  private void walk(String groups, String entries) throws SQLException {
    try (Given given =
        new Given()
            .with("groups", "id bigint, prev_state_group bigint", groups)
            .with(
                "entries",
                "state_group bigint, type text, state_key text, event_id text",
                entries)) {
      Groups.read(Given.ROOM, given.rows(), "groups", "entries", keys, events)
          .walk(
              (group, state) -> {
                visited.add(group);
                List<String> entriesOfIt = new ArrayList<>();
                state
                    .copy()
                    .forEach(
                        (key, event) ->
                            entriesOfIt.add(
                                keys.text(key).replace('\0', ' ') + " " + events.text(event)));
                entriesOfIt.sort(null);
                states.put(group, entriesOfIt);
              });
    }
  }

  @Test
  void aGroupIsWhatItsPredecessorIsButForItsOwnEntries() throws SQLException {
    walk(
        "(1, null), (2, 1), (3, 1), (4, 3), (9, null)",
        """
        (1, 'a', '', '$1'), (1, 'b', '', '$2'), (2, 'b', '', '$3'), (4, 'b', 'x', '$4'), (9, 'c', '', '$9')
        """);

    assertThat(states)
        .isEqualTo(
            Map.of(
                1L, List.of("a  $1", "b  $2"),
                2L, List.of("a  $1", "b  $3"),
                3L, List.of("a  $1", "b  $2"),
                4L, List.of("a  $1", "b  $2", "b x $4"),
                9L, List.of("c  $9")));
    assertThat(visited).hasSize(5);
  }

  @Test
  void whatCannotBeReachedIsNotVisited() throws SQLException {
    walk("(1, null), (2, 3), (3, 2), (4, 4), (5, 99)", "");

    assertThat(visited).containsExactly(1L);
  }

  @Test
  void aGroupWithSeveralPredecessorsIsVisitedOnce() throws SQLException {
    walk("(1, null), (2, 1), (3, 1), (3, 2), (1, 3)", "");

    assertThat(visited).containsExactlyInAnyOrder(1L, 2L, 3L);
  }
}

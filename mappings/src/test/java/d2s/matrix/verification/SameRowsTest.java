package d2s.matrix.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that must be the same, and why one of Dendrite may be missing. */
class SameRowsTest {

  private static final String NOTHING = "select null::text as key where false";

  private static SmallDatabases databases;

  @BeforeAll
  static void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inSynapse(
        "create table rooms (room_id text)",
        "create table events (event_id text)",
        "create table devices (user_id text, device_id text)",
        "create table named (owner text, name text, place text, primary key (owner, name))",
        "create index named_place on named (place)",
        "insert into rooms values ('!here')",
        "insert into events values ('$here')",
        "insert into devices values ('@a b', 'ONE'), ('@c', 'TWO THREE')");
  }

  @AfterAll
  static void drop() throws SQLException {
    databases.close();
  }

  private static FoundThings compared(String source, String target) throws SQLException {
    FoundThings found = new FoundThings();
    SameRows.compare(databases, found, "thing", List.of("named"), source, target);
    return found;
  }

  @Test
  void equalRowsAreRight() throws SQLException {
    FoundThings found =
        compared(
            "select 'a' as key, 1 as x, 'unknown to Synapse' as y union all select 'b', null, ''",
            "select 'b' as key, null::int as x union all select 'a', 1");

    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).isEmpty();
    assertThat(found.count()).isEqualTo(2);
  }

  @Test
  void namesEachColumnThatDiffers() throws SQLException {
    FoundThings found =
        compared(
            "select 'a' as key, 1 as x, 2 as y, 3 as z union all select 'b', 1, 1, 1",
            "select 'a' as key, 1 as x, 3 as y, null as z union all select 'b', 2, 1, 1");

    assertThat(found.found())
        .containsExactly(
            "thing a: has another y than in Dendrite",
            "thing a: has another z than in Dendrite",
            "thing b: has another x than in Dendrite");
  }

  @Test
  void rowsOfOneSide() throws SQLException {
    FoundThings found = compared("select 'a' as key, 1 as x", "select 'b' as key, 1 as x");

    assertThat(found.found())
        .containsExactly("a: this thing is missing", "b: Dendrite has no such thing");
    assertThat(found.count()).isEqualTo(2);
  }

  /** Of rows that Dendrite has twice, one is enough. */
  @Test
  void aRowThatDendriteHasTwice() throws SQLException {
    String twice = "select 'a' as key, 1 as x union all select 'a', 2";

    for (int held : List.of(1, 2)) {
      FoundThings found = compared(twice, "select 'a' as key, %d as x".formatted(held));
      assertThat(found.found()).isEmpty();
      assertThat(found.noted())
          .containsExactly("a: this thing is left out: Dendrite has it more than once");
    }
    assertThat(compared(twice, "select 'a' as key, 3 as x").found())
        .containsExactly("thing a: has another x than in Dendrite");
    assertThat(compared(twice, NOTHING).found())
        .containsExactly("a: this thing is missing", "a: this thing is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null::text as content | its content is not JSON that Synapse can read",
        "'x' as content | its content is not JSON that Synapse can read",
        "'{' as message | it has no sender, type or content, and no sync that has it would be answered",
        "'{\"sender\":1,\"type\":\"t\",\"content\":{}}' as message"
            + " | it has no sender, type or content, and no sync that has it would be answered",
        "'{\"sender\":\"s\",\"type\":1,\"content\":{}}' as message"
            + " | it has no sender, type or content, and no sync that has it would be answered",
        "'{\"sender\":\"s\",\"type\":\"t\",\"content\":1}' as message"
            + " | it has no sender, type or content, and no sync that has it would be answered",
        "null::text as content_of_parent | what it belongs to is not JSON that Synapse can read",
        "'x' as content_of_parent | what it belongs to is not JSON that Synapse can read",
        "'!gone' as of_room | Synapse does not have its room",
        "'$gone' as of_event | Synapse does not have its event",
        "'@a b TWO' as of_device | Synapse does not have its device",
        "'@c ONE' as of_device | Synapse does not have its device",
        "'nobody' as of_device | Synapse does not have its device",
        "'it is a duplicate' as left_out | it is a duplicate",
        "repeat('x', 2601) as place | it is too long for an index of Synapse",
        "repeat('x', 1301) as owner, repeat('x', 1300) as name | it is too long for an index of Synapse",
        "repeat('ü', 1301) as place | it is too long for an index of Synapse",
        "repeat('x', 2600) as owner | it is too long for an index of Synapse",
      })
  void aRowMayBeLeftOut(String columns, String reason) throws SQLException {
    FoundThings found = compared("select 'a' as key, " + columns, NOTHING);

    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).containsExactly("a: this thing is left out: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"a\":1}' as content",
        "null::text as message",
        "'{\"sender\":\"s\",\"type\":\"t\",\"content\":{}}' as message",
        "'[]' as content_of_parent",
        "'!here' as of_room",
        "'$here' as of_event",
        "'@a b ONE' as of_device",
        "'@c TWO THREE' as of_device",
        "null::text as of_device",
        "null::text as left_out",
        "repeat('x', 2599) as place",
        "repeat('x', 1300) as owner, repeat('x', 1300) as name",
        "repeat('x', 5000) as elsewhere",
      })
  void aRowThatSynapseCouldHaveIsMissing(String columns) throws SQLException {
    FoundThings found = compared("select 'a' as key, " + columns, NOTHING);

    assertThat(found.noted()).isEmpty();
    assertThat(found.found()).containsExactly("a: this thing is missing");
  }
}

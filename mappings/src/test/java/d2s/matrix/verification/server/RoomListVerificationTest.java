package d2s.matrix.verification.server;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One room with one event of its state, of which the list of rooms says something. */
class RoomListVerificationTest {

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inSynapse(
        "create table room_stats_state (room_id text, name text, topic text, avatar text,"
            + " canonical_alias text, join_rules text, history_visibility text, encryption text,"
            + " guest_access text, room_type text, is_federatable boolean default true)",
        "create table current_state_events (room_id text, type text, state_key text, event_id text)",
        "create table event_json (event_id text, json text)",
        "insert into room_stats_state (room_id) values ('!r'), ('!without_state')");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private void state(String type, String content) throws SQLException {
    databases.inSynapse(
        "delete from current_state_events",
        "delete from event_json",
        "insert into current_state_events values ('!r', '%s', '', '$e')".formatted(type));
    try (PreparedStatement statement =
        databases.target().prepareStatement("insert into event_json values ('$e', ?)")) {
      statement.setString(1, content);
      statement.executeUpdate();
    }
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new RoomListVerification().verify(databases, found);
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "m.room.name, name, name",
    "m.room.topic, topic, topic",
    "m.room.avatar, url, avatar",
    "m.room.canonical_alias, alias, canonical_alias",
    "m.room.join_rules, join_rule, join_rules",
    "m.room.history_visibility, history_visibility, history_visibility",
    "m.room.encryption, algorithm, encryption",
    "m.room.guest_access, guest_access, guest_access",
    "m.room.create, type, room_type",
  })
  void eachColumnRepeatsItsEvent(String type, String member, String column) throws SQLException {
    String another = "!r: has another " + column + " in the list of rooms";
    state(type, "{\"content\":{\"%s\":\"said\"}}".formatted(member));
    assertThat(verified().found()).containsExactly(another);
    assertThat(verified().count()).isEqualTo(1);

    databases.inSynapse("update room_stats_state set %s = 'said'".formatted(column));
    assertThat(verified().found()).isEmpty();

    for (String no : new String[] {"1", "null", "[\"said\"]", "\"\"", "\"Said\""}) {
      state(type, "{\"content\":{\"%s\":%s}}".formatted(member, no));
      assertThat(verified().found()).as(no).containsExactly(another);
    }
    state(type, "{\"content\":{\"other\":{\"content\":{\"%s\":\"said\"}}}}".formatted(member));
    assertThat(verified().found()).containsExactly(another);
  }

  @Test
  void aTextThatNoColumnCanHoldIsNone() throws SQLException {
    for (String odd : new String[] {"\\u0000", "a\\ud800", "\\udfff"}) {
      state("m.room.name", "{\"content\":{\"name\":\"" + odd + "\"}}");
      assertThat(verified().found()).as(odd).isEmpty();
    }
    state("m.room.name", "{\"content\":{\"name\":\"\\ud83d\\ude00\"}}");
    assertThat(verified().found()).hasSize(1);
    databases.inSynapse("update room_stats_state set name = '😀'");
    assertThat(verified().found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"body\":\"plain\"}]|plain",
        "[{\"body\":\"<b>\",\"mimetype\":\"text/html\"},{\"body\":\"plain\",\"mimetype\":\"text/plain\"}]|plain",
        "[{\"body\":\"plain\",\"mimetype\":\"\"},{\"body\":\"second\"}]|plain",
        "[{\"body\":\"plain\",\"mimetype\":null}]|plain",
        "[{\"body\":\"x\",\"mimetype\":7}]|topic",
        "[{\"body\":\"x\",\"mimetype\":[]}]|topic",
        "[{\"body\":7},1,{}]|topic",
        "{\"a\":{\"body\":\"x\"}}|topic",
        "7|topic",
      })
  void theFirstFormOfATopicInPlainTextCounts(String forms, String topic) throws SQLException {
    state(
        "m.room.topic",
        "{\"content\":{\"topic\":\"topic\",\"m.topic\":{\"m.text\":%s}}}".formatted(forms));
    databases.inSynapse("update room_stats_state set topic = '%s'".formatted(topic));
    assertThat(verified().found()).isEmpty();

    // Every topic must have the old form.
    state("m.room.topic", "{\"content\":{\"m.topic\":{\"m.text\":%s}}}".formatted(forms));
    assertThat(verified().found()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "null, false", "1, false", "'\"true\"', false"})
  void aRoomIsOpenToOtherServersUnlessItSaysOtherwise(String value, boolean open)
      throws SQLException {
    String wrong = "!r: is open to other servers in its state or in the list of rooms only";
    state("m.room.create", "{\"content\":{\"m.federate\":" + value + "}}");
    assertThat(verified().found()).isEqualTo(open ? List.of() : List.of(wrong));

    databases.inSynapse("update room_stats_state set is_federatable = false");
    assertThat(verified().found()).isEqualTo(open ? List.of(wrong) : List.of());
    state("m.room.create", "{\"content\":{}}");
    assertThat(verified().found()).containsExactly(wrong);
  }

  @Test
  void anEventThatCannotBeReadSaysNothing() throws SQLException {
    state("m.room.name", "x");
    assertThat(verified().found()).isEmpty();
    assertThat(verified().count()).isEqualTo(1);
  }
}

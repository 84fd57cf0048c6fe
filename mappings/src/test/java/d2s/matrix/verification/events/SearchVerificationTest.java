package d2s.matrix.verification.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One event, and what the search index has of it. */
class SearchVerificationTest {

  private static TwoServers servers;

  @BeforeAll
  static void create() throws SQLException {
    servers =
        new TwoServers(
            """
            create table event_search (event_id text, key text, room_id text, origin_server_ts bigint,
              stream_ordering bigint)
            """);
  }

  @AfterAll
  static void drop() throws SQLException {
    servers.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    servers.execute("truncate rooms, events, event_json, event_search");
    servers.execute("insert into rooms values ('!room', '10')");
  }

  private static void event(String type, String content) throws SQLException {
    servers.execute("truncate events, event_json");
    servers.execute(
        "insert into events (event_id, room_id, origin_server_ts, stream_ordering) values ('$e', '!room', 4, 5)");
    servers.execute(
        "insert into event_json values ('$e', ?, '!room', 3, '{}')",
        "{\"type\":\"%s\",\"content\":%s}".formatted(type, content));
  }

  private static List<String> said() throws SQLException {
    return servers.said(new SearchVerification());
  }

  @ParameterizedTest
  @CsvSource({
    "m.room.message, body",
    "m.room.name, name",
    "m.room.topic, topic",
  })
  void whatHasWordsCanBeSearchedFor(String type, String member) throws SQLException {
    event(type, "{\"%s\":\"words\"}".formatted(member));
    assertThat(said()).containsExactly("$e cannot be searched for");

    servers.execute(
        "insert into event_search values ('$e', ?, '!room', 4, 5)", "content." + member);
    assertThat(said()).isEmpty();
    for (String change :
        new String[] {
          "key = 'content.x'", "room_id = '!x'", "origin_server_ts = 6", "stream_ordering = 6"
        }) {
      servers.execute("update event_search set " + change);
      assertThat(said())
          .as(change)
          .containsExactly("$e is in the search index under another room, kind, place or time");
      servers.execute("truncate event_search");
      servers.execute(
          "insert into event_search values ('$e', ?, '!room', 4, 5)", "content." + member);
    }

    servers.execute("insert into event_search select * from event_search");
    assertThat(said()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m.room.message|{}",
        "m.room.message|{\"body\":7}",
        "m.room.message|{\"name\":\"words\"}",
        "m.room.name|{\"body\":\"words\"}",
        "m.room.encrypted|{\"body\":\"words\"}",
        "m.room.message|7",
      })
  void whatHasNoWordsCannot(String type, String content) throws SQLException {
    event(type, content);
    assertThat(said()).isEmpty();

    servers.execute("insert into event_search values ('$e', 'content.body', '!room', 4, 5)");
    assertThat(said()).containsExactly("$e is in the search index, but has no words");
  }

  @Test
  void aRejectedEventCannot() throws SQLException {
    event("m.room.message", "{\"body\":\"words\"}");
    servers.execute("update events set rejection_reason = 'x'");

    assertThat(said()).isEmpty();
  }

  @Test
  void aSearchLeadsToAnEvent() throws SQLException {
    servers.execute("insert into event_search values ('$gone', 'content.body', '!room', 4, 5)");

    assertThat(said()).containsExactly("$gone there is no such event");
  }
}

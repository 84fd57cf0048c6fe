package d2s.matrix.verification;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.RoomVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three events, of which one can be read, and another table that speaks of them. */
class EventVerificationTest {

  private SmallDatabases databases;

  /** Says what it is given. */
  private static final class Other extends FromEventJson {

    private final String table;
    private final List<String> seen = new ArrayList<>();

    Other(String table) {
      this.table = table;
    }

    @Override
    public String name() {
      return table;
    }

    @Override
    public String proves() {
      return "It is as it is.";
    }

    @Override
    public List<String> tables() {
      return List.of(table);
    }

    @Override
    protected String query() {
      return "select event_id, said from " + table;
    }

    @Override
    protected void start(VerificationContext context, Map<String, Optional<RoomVersion>> versions) {
      seen.add("start " + versions.get("!r").orElseThrow() + " " + versions.get("!s").isPresent());
    }

    @Override
    protected void check(Event event, OtherRows rows, Findings findings) throws SQLException {
      seen.add(
          String.join(
              " ",
              event.id(),
              event.roomId(),
              event.type(),
              event.stateKey(),
              "" + event.isState(),
              "" + event.rejected(),
              "" + event.outlier(),
              event.roomVersion().getIdentifier(),
              event.stored().sender(),
              "" + event.stored().depth(),
              "" + event.stored().topologicalOrdering(),
              event.stored().streamOrdering(),
              "" + event.stored().originServerTs(),
              "" + event.stored().containsUrl()));
      rows.each(row -> seen.add(event.id() + " says " + row.getString("said")));
    }

    @Override
    protected void end(VerificationContext context, Findings findings) {
      seen.add("end");
      findings.noted(table, "ended");
    }
  }

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inSynapse(
        "create table rooms (room_id text, room_version text)",
        "create table events (event_id text, room_id text, type text, state_key text, sender text,"
            + " rejection_reason text, outlier boolean, depth bigint, topological_ordering bigint,"
            + " stream_ordering bigint, origin_server_ts bigint, contains_url boolean)",
        "create table event_json (event_id text, json text, room_id text, format_version int, internal_metadata text)",
        "create table one (event_id text, said text)",
        "create table two (event_id text, said text)",
        "insert into rooms values ('!r', '10'), ('!s', '9000')",
        "insert into events values ('$a', '!r', 't', 'k', '@a', null, false, 1, 2, 3, 4, true),"
            + " ('$b', '!r', 't', null, '@a', 'x', true, 1, 2, 3, 4, false),"
            + " ('$c', '!s', 't', 'k', '@a', null, false, 1, 2, 3, 4, true),"
            + " ('$d', '!r', 't', 'k', '@a', null, false, 1, 2, 3, 4, true),"
            + " ('$e', '!r', 't', 'k', '@a', null, false, 1, 2, 3, 4, true)",
        "insert into event_json values"
            + " ('$a', '{\"type\":\"t\",\"state_key\":\"k\"}', '!r', 3, ''), ('$b', '{\"type\":\"t\"}', '!r', 3, ''),"
            + " ('$c', '{\"type\":\"t\"}', '!s', 3, ''), ('$d', 'x', '!r', 3, ''), ('$f', '{}', '!r', 3, '')",
        "insert into one values ('$a', 'x'), ('$a', 'y'), ('$c', 'z'), ('$f', 'no'), ('$g', 'no')");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  @Test
  void eachLooksAtWhatCanBeRead() throws SQLException {
    Other one = new Other("one");
    Other two = new Other("two");
    FoundThings ofOne = new FoundThings();
    FoundThings ofTwo = new FoundThings();
    Map<Verification, Findings> together = new LinkedHashMap<>();
    together.put(one, ofOne);
    together.put(two, ofTwo);
    one.verify(databases, together);

    String a = "$a !r t k true false false 10 @a 1 2 3 4 true";
    String b = "$b !r t null false true true 10 @a 1 2 3 4 false";
    assertThat(one.seen).containsExactly("start V10 false", a, "$a says x", "$a says y", b, "end");
    assertThat(two.seen).containsExactly("start V10 false", a, b, "end");
    assertThat(ofOne.found())
        .containsExactly("$f: there is no such event", "$g: there is no such event");
    assertThat(ofTwo.found()).isEmpty();
    assertThat(ofOne.count()).isEqualTo(2);
    assertThat(ofTwo.count()).isEqualTo(2);
    assertThat(ofTwo.noted()).containsExactly("two: ended");
  }
}

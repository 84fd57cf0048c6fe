package d2s.matrix.verification.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AliasesVerificationTest {

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table roomserver_room_aliases (alias text, room_id text, creator_id text)",
        "insert into roomserver_room_aliases values ('#a', '!r', '')");
    databases.inSynapse(
        "create table rooms (room_id text)",
        "create table events (event_id text)",
        "create table devices (user_id text, device_id text)",
        "create table room_aliases (room_alias text, room_id text, creator text)",
        "create table room_alias_servers (room_alias text, server text)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new AliasesVerification().verify(databases, found);
    return found;
  }

  @Test
  void anAliasOfARoomThatIsGoneNeedNotBeThere() throws SQLException {
    assertThat(verified().found()).isEmpty();
    assertThat(verified().count()).isEqualTo(1);

    databases.inSynapse("insert into rooms values ('!r')");
    assertThat(verified().found()).containsExactly("#a: this alias is missing");
  }

  @Test
  void anAliasMayBeThatOfNobody() throws SQLException {
    databases.inSynapse(
        "insert into room_aliases values ('#a', '!r', null)",
        "insert into room_alias_servers values ('#a', 'our.example')");
    assertThat(verified().found()).isEmpty();

    databases.inDendrite("update roomserver_room_aliases set creator_id = null");
    assertThat(verified().found()).isEmpty();

    databases.inDendrite("update roomserver_room_aliases set creator_id = '@a:our.example'");
    assertThat(verified().found()).containsExactly("#a: has another creator");
  }
}

package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Synapse would otherwise have to compute after its first start. */
class DirectoryTest {

  private static MigratedRecording migrated;

  @BeforeAll
  static void migrate() throws SQLException {
    migrated = MigratedRecording.of("dendrite-0.13.8");
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void roomsAreDescribedByTheirState() throws SQLException {
    assertThat(
            migrated.rows(
                "select name, canonical_alias, join_rules, history_visibility, guest_access,"
                    + " is_federatable, topic, room_type, avatar is not null from room_stats_state"
                    + " where room_id = '!AEps0gTxVSdRQkmI:d.test:31448'"))
        .containsExactly("Public 🏛|#pub1:d.test:31448|public|shared||t|late topic||t");
    assertThat(migrated.rows("select name from room_stats_state where room_type = 'm.space'"))
        .contains("Space");
    assertThat(
            migrated.rows("select count(*) from room_stats_state where guest_access = 'can_join'"))
        .doesNotContain("0");
  }

  @Test
  void membersAreCountedByTheirMembership() throws SQLException {
    assertThat(
            migrated.rows(
                "select room_id from room_stats_current s where"
                    + " (joined_members, invited_members, left_members, banned_members,"
                    + "  knocked_members, current_state_events) <> (select"
                    + "  count(*) filter (where membership = 'join'),"
                    + "  count(*) filter (where membership = 'invite'),"
                    + "  count(*) filter (where membership = 'leave'),"
                    + "  count(*) filter (where membership = 'ban'),"
                    + "  count(*) filter (where membership = 'knock'), count(*)"
                    + "  from current_state_events c where c.room_id = s.room_id)"))
        .isEmpty();
    assertThat(
            migrated.rows(
                "select joined_members, local_users_in_room from room_stats_current"
                    + " where room_id = '!AEps0gTxVSdRQkmI:d.test:31448'"))
        .containsExactly("14|12");
    assertThat(
            migrated.rows(
                "select user_id from user_stats_current s where joined_rooms <> (select count(*)"
                    + " from local_current_membership m"
                    + " where m.user_id = s.user_id and m.membership = 'join')"))
        .isEmpty();
  }

  @Test
  void usersAreFoundByTheirNames() throws SQLException {
    assertThat(
            migrated.rows(
                "select user_id from user_directory_search"
                    + " where vector @@ to_tsquery('simple', 'كارول')"))
        .containsExactly("@carol:d.test:31448");
    assertThat(
            migrated.rows(
                "select user_id from user_directory_search"
                    + " where vector @@ to_tsquery('simple', 'peer') order by 1"))
        .containsExactly("@pete:p.test:31548");
    assertThat(
            migrated.rows(
                "select name from users u where u.deactivated = 1"
                    + " and exists (select 1 from user_directory d where d.user_id = u.name)"))
        .isEmpty();
    assertThat(migrated.rows("select count(*) from user_directory where room_id is not null"))
        .containsExactly("0");
  }

  @Test
  void membersOfPrivateRoomsFindEachOther() throws SQLException {
    assertThat(
            migrated.rows(
                "select count(*) from users_who_share_private_rooms"
                    + " where user_id not like '@%:d.test:31448' or user_id = other_user_id"))
        .containsExactly("0");
    assertThat(
            migrated.rows(
                "select room_id from users_who_share_private_rooms"
                    + " intersect select room_id from users_in_public_rooms"))
        .isEmpty();
    assertThat(
            migrated.rows(
                "select user_id, other_user_id from users_who_share_private_rooms"
                    + " where room_id = (select room_id from room_stats_state"
                    + " where name = 'Private') order by 1, 2"))
        .hasSize(6);
  }

  @Test
  void messagesAreFoundByTheirWords() throws SQLException {
    assertThat(
            migrated.rows(
                "select count(distinct event_id) from event_search"
                    + " where vector @@ to_tsquery('english', 'fjord')"))
        .doesNotContain("0");
    assertThat(
            migrated.rows(
                "select count(*) from event_search where sender is not null or vector is null"
                    + " or key not in ('content.body', 'content.name', 'content.topic')"))
        .containsExactly("0");
    // A redacted message is not found by what it said.
    assertThat(
            migrated.rows(
                "select s.event_id from event_search s join redactions r on r.redacts = s.event_id"
                    + " where r.have_censored and s.key = 'content.body'"))
        .isEmpty();
  }

  @Test
  void synapseDoesNotStartAgain() throws SQLException {
    assertThat(migrated.rows("select update_name from background_updates")).isEmpty();
    assertThat(
            migrated.rows(
                "select (select stream_id from user_directory_stream_pos) = max(stream_ordering),"
                    + " (select stream_id from stats_incremental_position) = max(stream_ordering)"
                    + " from events"))
        .containsExactly("t|t");
  }
}

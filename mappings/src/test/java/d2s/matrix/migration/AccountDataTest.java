package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountDataTest {

  private static MigratedRecording migrated;

  @BeforeAll
  static void migrate() throws SQLException {
    migrated =
        MigratedRecording.of(
            "dendrite-0.13.8",
            "insert into userapi_account_datas values"
                + " ('alice', 'd.test:31448', '', 'bad', '{\"n\":1e999}'),"
                + " ('nobody', 'd.test:31448', '', 'org.lost', '{}'),"
                + " ('bob', 'd.test:31448', '', 'm.ignored_user_list',"
                + "  '{\"ignored_users\":{\"@bob:d.test:31448\":{},\"@eve:x\":{}}}')");
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void contentIsWhatTheClientWrote() throws SQLException {
    String carried =
        "select '@' || localpart || ':' || server_name, room_id, type, content"
            + " from userapi_account_datas"
            + " where type not in ('m.push_rules', 'm.tag', 'bad', 'org.lost') order by 1, 2, 3";
    assertThat(
            migrated.rows(
                "select user_id, '' as room_id, account_data_type, content from account_data"
                    + " union all"
                    + " select user_id, room_id, account_data_type, content from room_account_data"
                    + " order by 1, 2, 3"))
        .isEqualTo(migrated.sourceRows(carried))
        .contains("@alice:d.test:31448||org.judge.nul|{\"s\":\"a\\u0000b\"}")
        .contains("@odd=user/x-1_y.z:d.test:31448|!never:nowhere.example|org.judge.x|{\"a\":1}");
  }

  @Test
  void tagsHaveRowsOfTheirOwnAndARevisionEvenWhenTheLastIsGone() throws SQLException {
    assertThat(migrated.rows("select user_id, room_id, tag, content from room_tags order by 1, 3"))
        .hasSize(5)
        .contains(
            "@frank:d.test:31448|!fCSydaj0tCeoH96d:d.test:31448|m.server_notice|{\"order\":1}");
    assertThat(migrated.rows("select user_id, room_id from room_tags_revisions"))
        .hasSize(5)
        .contains("@bob:d.test:31448|!AEps0gTxVSdRQkmI:d.test:31448");
  }

  @Test
  void theOrderIsDendritesAndTheSequenceGoesOnBehindIt() throws SQLException {
    assertThat(migrated.rows("select account_data_type from account_data order by stream_id desc"))
        .startsWith("org.judge.late");
    assertThat(
            migrated.rows(
                "select (select last_value from account_data_sequence) = max(stream_id),"
                    + " count(*) = count(distinct stream_id) from ("
                    + " select stream_id from account_data"
                    + " union all select stream_id from room_account_data"
                    + " union all select stream_id from room_tags_revisions) used"))
        .containsExactly("t|t");
  }

  @Test
  void ignoredUsersFollowTheListButNobodyIgnoresThemself() throws SQLException {
    assertThat(migrated.rows("select * from ignored_users order by 1, 2"))
        .containsExactly(
            "@bob:d.test:31448|@eve:x",
            "@erin:d.test:31448|@mallory:d.test:31448",
            "@erin:d.test:31448|@spam:p.test:31548");
  }

  @Test
  void whatCannotBeCarriedIsNamed() {
    assertThat(migrated.skipped("account_data"))
        .hasSize(2)
        .anyMatch(
            skipped -> skipped.startsWith("@alice:d.test:31448  bad: the content is not JSON"))
        .anyMatch(skipped -> skipped.startsWith("@nobody:d.test:31448  org.lost: the data belong"));
  }
}

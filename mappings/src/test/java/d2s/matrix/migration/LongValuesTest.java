package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rows that the target's keys cannot take stop nothing and are named. That {@code d2s verify} tells
 * them from a fault is not claimed here: it calls them missing.
 */
class LongValuesTest {

  /** 3,840 characters that cannot be compressed. */
  private static final String LONG =
      "(select string_agg(md5(i::text), '') from generate_series(1, 120) i)";

  @Test
  void whatNoKeyCanTakeIsLeftOutAndNamed() throws SQLException {
    String room = "'!AEps0gTxVSdRQkmI:d.test:31448'";
    try (MigratedRecording migrated =
        MigratedRecording.of(
            "dendrite-0.13.8",
            Map.of("server_name", "d.test:31448"),
            "insert into federationsender_joined_hosts (room_id, event_id, server_name) values ("
                + room
                + ", '$long', "
                + LONG
                + ")",
            "insert into userapi_account_datas (localpart, server_name, room_id, type, content)"
                + " values ('heidi', 'd.test:31448', "
                + room
                + ", 'm.tag', '{\"tags\":{\"' || "
                + LONG
                + " || '\":{}}}')",
            "update userapi_account_datas set content = '{\"global\":{\"override\":[{\"rule_id\":\"' || "
                + LONG
                + " || '\",\"default\":false,\"enabled\":true,\"actions\":[],\"conditions\":[]}]}}'"
                + " where localpart = 'judy' and type = 'm.push_rules'",
            "alter table userapi_devices drop constraint userapi_devices_pkey",
            "insert into userapi_devices (access_token, session_id, device_id, localpart,"
                + " server_name, created_ts, last_seen_ts) select access_token, 4720, 'TWIN', 'ivan',"
                + " server_name, 1, 1 from userapi_devices where device_id = 'HEIDIDEV1'")) {
      assertThat(migrated.result().committed()).isTrue();
      assertThat(migrated.skipped("destinations")).anyMatch(this::isTooLong);
      assertThat(migrated.skipped("destination_rooms"))
          .anyMatch(text -> text.contains("the server itself could not be carried over"));
      assertThat(migrated.skipped("account_data"))
          .anyMatch(text -> text.startsWith("@heidi") && isTooLong(text));
      assertThat(migrated.skipped("push_rules")).anyMatch(this::isTooLong);
      assertThat(migrated.skipped("devices"))
          .anyMatch(text -> text.contains("gave its token to another device too"));
    }
  }

  private boolean isTooLong(String text) {
    return text.contains("too long for an index");
  }
}

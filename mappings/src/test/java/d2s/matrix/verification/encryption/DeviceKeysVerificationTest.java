package d2s.matrix.verification.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are none in Dendrite, and messages that stand under one number there. */
class DeviceKeysVerificationTest {

  private static final String DEVICE = "@a:our.example DEV";

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table userapi_accounts (localpart text, server_name text, is_deactivated boolean)",
        "create table userapi_devices (localpart text, server_name text, device_id text)",
        "create table keyserver_device_keys (user_id text, device_id text, key_json text, ts_added_secs bigint)",
        "create table syncapi_send_to_device (id int, user_id text, device_id text, content text)",
        "insert into userapi_accounts values ('a', 'our.example', false)",
        "insert into userapi_devices values ('a', 'our.example', 'DEV')",
        "insert into keyserver_device_keys values ('@a:our.example', 'DEV', '{\"keys\":{\"a\":\"b\"}}', 5)");
    databases.inSynapse(
        "create table rooms (room_id text)",
        "create table events (event_id text)",
        "create table devices (user_id text, device_id text)",
        "create table e2e_device_keys_json (user_id text, device_id text, key_json text, ts_added_ms bigint)",
        "create table device_lists_remote_cache (user_id text, device_id text, content text)",
        "create table device_lists_remote_extremeties (user_id text, stream_id text)",
        "create table device_inbox (user_id text, device_id text, stream_id int, message_json text)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings keys() throws SQLException {
    FoundThings found = new FoundThings();
    new DeviceKeysVerification().verify(databases, found);
    return found;
  }

  private FoundThings messages() throws SQLException {
    FoundThings found = new FoundThings();
    new WaitingMessagesVerification().verify(databases, found);
    return found;
  }

  @Test
  void whatIsNoKeyNeedNotBeThere() throws SQLException {
    assertThat(keys().found()).containsExactly(DEVICE + ": has lost its keys");

    for (String none : new String[] {"x", "{}", "{\"keys\":{}}", "[]"}) {
      databases.inDendrite("update keyserver_device_keys set key_json = '%s'".formatted(none));
      assertThat(keys().found()).as(none).isEmpty();
    }
  }

  @Test
  void whatIsNoKeyMustNotBeThere() throws SQLException {
    databases.inDendrite("update keyserver_device_keys set key_json = 'x'");
    databases.inSynapse(
        "insert into e2e_device_keys_json values ('@a:our.example', 'DEV', 'x', 5000)");

    assertThat(keys().found()).containsExactly(DEVICE + ": has other keys than in Dendrite");
  }

  @Test
  void signaturesAreTheBusinessOfOthers() throws SQLException {
    databases.inSynapse(
        "insert into e2e_device_keys_json values ('@a:our.example', 'DEV',"
            + " '{\"keys\":{\"a\":\"b\"},\"signatures\":{\"x\":1},\"unsigned\":{}}', 5000)");
    assertThat(keys().found()).isEmpty();

    databases.inSynapse("update e2e_device_keys_json set ts_added_ms = 5001");
    assertThat(keys().found()).containsExactly(DEVICE + ": has had its keys since another time");
  }

  @Test
  void devicesOfOtherServersAreThereIfTheirListIsTrusted() throws SQLException {
    String device = "@x:there.example D";
    databases.inDendrite(
        "insert into keyserver_device_keys values ('@x:there.example', 'D', '{\"keys\":{\"a\":\"b\"}}', 5)");
    databases.inSynapse(
        "insert into e2e_device_keys_json values ('@a:our.example', 'DEV', '{\"keys\":{\"a\":\"b\"}}', 5000)");
    assertThat(keys().found()).isEmpty();

    databases.inSynapse(
        "insert into device_lists_remote_extremeties values ('@x:there.example', '1')");
    assertThat(keys().found())
        .containsExactly(device + ": is a device of another server that Synapse would not know of");

    databases.inSynapse(
        "insert into device_lists_remote_cache values ('@x:there.example', 'D', 'x')");
    for (String wrong : new String[] {"x", "{}", "{\"keys\":1}", "{\"keys\":{\"keys\":{}}}"}) {
      databases.inSynapse("update device_lists_remote_cache set content = '%s'".formatted(wrong));
      assertThat(keys().found())
          .as(wrong)
          .containsExactly(device + ": has other keys than in Dendrite");
    }
    databases.inSynapse(
        "update device_lists_remote_cache set content ="
            + " '{\"keys\":{\"keys\":{\"a\":\"b\"},\"signatures\":{},\"unsigned\":{}}}'");
    assertThat(keys().found()).isEmpty();

    databases.inDendrite("update keyserver_device_keys set key_json = '{}' where device_id = 'D'");
    assertThat(keys().found()).containsExactly(device + ": has other keys than in Dendrite");
    databases.inSynapse("update device_lists_remote_cache set content = '{\"device_id\":\"D\"}'");
    assertThat(keys().found()).isEmpty();

    databases.inDendrite("delete from keyserver_device_keys where device_id = 'D'");
    assertThat(keys().found())
        .containsExactly(device + ": Dendrite knows no such device of another server");
  }

  private static String message(int number) {
    return "{\"sender\":\"@b:our.example\",\"type\":\"t\",\"content\":{\"n\":%d}}"
        .formatted(number);
  }

  @Test
  void messagesUnderOneNumberHaveNoOrder() throws SQLException {
    databases.inDendrite(
        "insert into syncapi_send_to_device values (1, '@a:our.example', 'DEV', '%s'),"
                .formatted(message(1))
            + " (2, '@a:our.example', 'DEV', '%s')".formatted(message(2)));
    databases.inSynapse(
        "insert into device_inbox values ('@a:our.example', 'DEV', 5, '%s'),".formatted(message(2))
            + " ('@a:our.example', 'DEV', 6, '%s')".formatted(message(1)));
    assertThat(messages().found()).containsExactly(DEVICE + ": gets its messages in another order");
    assertThat(messages().noted()).isEmpty();

    databases.inDendrite("update syncapi_send_to_device set id = 1");
    databases.inSynapse("update device_inbox set stream_id = 11 - stream_id");
    FoundThings one = messages();
    databases.inSynapse("update device_inbox set stream_id = 11 - stream_id");
    FoundThings other = messages();
    assertThat(one.found()).isEmpty();
    assertThat(other.found()).isEmpty();
    assertThat(one.noted().size() + other.noted().size()).isEqualTo(1);
    assertThat(one.noted().isEmpty() ? other.noted() : one.noted())
        .containsExactly(
            DEVICE + ": gets its messages in some order: Dendrite has several under one number");
  }

  @Test
  void messagesThatAreLostDoNotChangeTheOrder() throws SQLException {
    databases.inDendrite(
        "insert into syncapi_send_to_device values (1, '@a:our.example', 'DEV', '%s'),"
                .formatted(message(1))
            + " (2, '@a:our.example', 'DEV', '%s')".formatted(message(2)));
    databases.inSynapse(
        "insert into device_inbox values ('@a:our.example', 'DEV', 5, '%s')".formatted(message(2)));

    assertThat(messages().found())
        .singleElement()
        .asString()
        .endsWith("this message to a device is missing");
  }
}

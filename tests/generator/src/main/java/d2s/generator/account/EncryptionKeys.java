package d2s.generator.account;

import d2s.generator.event.Person;
import d2s.generator.event.Room;
import d2s.generator.event.World;
import d2s.generator.random.Chance;
import d2s.generator.signing.Ed25519Key;
import d2s.generator.table.Tables;

/** Keys of devices and users with right signatures, one-time keys, backups, waiting messages. */
public final class EncryptionKeys {
  private static final int ONE_TIME_KEYS = 50;
  private static final int BACKED_UP = 20;
  private static final int SESSION_DATA = 700;
  private static final String[] USAGES = {"master", "self_signing", "user_signing"};

  private final World world;
  private final Tables tables;
  private long lastChange;
  private long lastBackup;
  private long lastToDevice;

  public EncryptionKeys(World world) {
    this.world = world;
    this.tables = world.tables;
  }

  public long lastChange() {
    return lastChange;
  }

  public long lastBackup() {
    return lastBackup;
  }

  public long lastToDevice() {
    return lastToDevice;
  }

  public void write() {
    for (Person person : world.people) {
      if (person.encrypts) {
        user(person);
      } else {
        tables
            .of("keyserver_device_keys")
            .row(person.id, person.device, World.START / 1000, "", 1L, "");
      }
    }
    for (Person person : world.farDevices) {
      far(person);
    }
  }

  private void user(Person person) {
    Chance chance = world.chance;
    Ed25519Key device = new Ed25519Key(chance.bytes("device", person.number));
    String keys = deviceKeys(person, device);
    tables
        .of("keyserver_device_keys")
        .row(
            person.id,
            person.device,
            World.START / 1000,
            signed(keys, person, "ed25519:" + person.device, device.sign(keys)),
            2L,
            "");
    tables.of("keyserver_key_changes").row(++lastChange, person.id);
    for (int i = 0; i < ONE_TIME_KEYS; i++) {
      String key = "{\"key\":\"" + chance.key("one-time " + person.number, i) + "\"}";
      tables
          .of("keyserver_one_time_keys")
          .row(
              person.id,
              person.device,
              "AAAAAAAAA" + (char) ('A' + i / 26) + (char) ('A' + i % 26),
              "signed_curve25519",
              World.START / 1000,
              signed(key, person, "ed25519:" + person.device, device.sign(key)));
    }
    if (person.number % 4 == 0) {
      crossSigning(person, device, keys);
    }
    if (person.number % 20 == 0) {
      waiting(person);
    }
  }

  private void crossSigning(Person person, Ed25519Key device, String deviceKeys) {
    Chance chance = world.chance;
    Ed25519Key[] keys = new Ed25519Key[USAGES.length];
    for (int i = 0; i < USAGES.length; i++) {
      keys[i] = new Ed25519Key(chance.bytes(USAGES[i], person.number));
      tables.of("keyserver_cross_signing_keys").row(person.id, i + 1, keys[i].publicText());
    }
    signature(person, device, person.device, keys[0], "master");
    for (int i = 1; i < USAGES.length; i++) {
      tables
          .of("keyserver_cross_signing_sigs")
          .row(
              person.id,
              "ed25519:" + keys[0].publicText(),
              person.id,
              "ed25519:" + keys[i].publicText(),
              keys[0].sign(userKey(person, USAGES[i], keys[i])));
    }
    tables
        .of("keyserver_cross_signing_sigs")
        .row(
            person.id,
            "ed25519:" + keys[1].publicText(),
            person.id,
            person.device,
            keys[1].sign(deviceKeys));
    backup(person, device);
  }

  private void signature(
      Person person, Ed25519Key by, String byId, Ed25519Key target, String usage) {
    tables
        .of("keyserver_cross_signing_sigs")
        .row(
            person.id,
            "ed25519:" + byId,
            person.id,
            "ed25519:" + target.publicText(),
            by.sign(userKey(person, usage, target)));
  }

  private void backup(Person person, Ed25519Key device) {
    Chance chance = world.chance;
    long version = ++lastBackup;
    String data = "{\"public_key\":\"" + chance.key("backup", person.number) + "\"}";
    tables
        .of("userapi_key_backup_versions")
        .row(
            person.id,
            version,
            "m.megolm_backup.v1.curve25519-aes-sha2",
            signed(data, person, "ed25519:" + person.device, device.sign(data)),
            "" + BACKED_UP,
            0);
    for (int i = 0; i < BACKED_UP; i++) {
      Room room = chance.oneOf(world.rooms);
      tables
          .of("userapi_key_backups")
          .row(
              person.id,
              room.id,
              chance.key("backed up " + person.number, i),
              "" + version,
              0,
              0,
              true,
              "{\"ciphertext\":\""
                  + chance.base64(SESSION_DATA)
                  + "\",\"ephemeral\":\""
                  + chance.base64(43)
                  + "\",\"mac\":\""
                  + chance.base64(11)
                  + "\"}");
    }
  }

  private void waiting(Person person) {
    Person sender = world.people.get((person.number + 2) % world.people.size());
    for (int i = 0; i < 5; i++) {
      tables
          .of("syncapi_send_to_device")
          .row(
              ++lastToDevice,
              person.id,
              person.device,
              "{\"sender\":\""
                  + sender.id
                  + "\",\"type\":\"m.room.encrypted\",\"content\":{\"algorithm\":"
                  + "\"m.olm.v1.curve25519-aes-sha2\",\"ciphertext\":{\""
                  + person.curveKey
                  + "\":{\"body\":\""
                  + world.chance.base64(1500)
                  + "\",\"type\":0}},\"sender_key\":\""
                  + sender.curveKey
                  + "\"}}");
    }
  }

  private void far(Person person) {
    Ed25519Key device = new Ed25519Key(world.chance.bytes("far device", person.number));
    String keys = deviceKeys(person, device);
    tables
        .of("keyserver_device_keys")
        .row(
            person.id,
            person.device,
            World.START / 1000,
            signed(keys, person, "ed25519:" + person.device, device.sign(keys)),
            1L,
            "");
    tables.of("keyserver_key_changes").row(++lastChange, person.id);
    tables
        .of("keyserver_stale_device_lists")
        .row(person.id, person.server.name(), false, World.START);
  }

  private static String deviceKeys(Person person, Ed25519Key device) {
    return "{\"algorithms\":[\"m.olm.v1.curve25519-aes-sha2\",\"m.megolm.v1.aes-sha2\"],"
        + "\"device_id\":\""
        + person.device
        + "\",\"keys\":{\"curve25519:"
        + person.device
        + "\":\""
        + person.curveKey
        + "\",\"ed25519:"
        + person.device
        + "\":\""
        + device.publicText()
        + "\"},\"user_id\":\""
        + person.id
        + "\"}";
  }

  private static String userKey(Person person, String usage, Ed25519Key key) {
    return "{\"keys\":{\"ed25519:"
        + key.publicText()
        + "\":\""
        + key.publicText()
        + "\"},\"usage\":[\""
        + usage
        + "\"],\"user_id\":\""
        + person.id
        + "\"}";
  }

  private static String signed(String canonical, Person person, String keyId, String signature) {
    return canonical.substring(0, canonical.length() - 1)
        + ",\"signatures\":{\""
        + person.id
        + "\":{\""
        + keyId
        + "\":\""
        + signature
        + "\"}}}";
  }
}

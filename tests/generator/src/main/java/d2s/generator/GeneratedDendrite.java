package d2s.generator;

import d2s.generator.account.Accounts;
import d2s.generator.account.EncryptionKeys;
import d2s.generator.account.Federation;
import d2s.generator.account.Media;
import d2s.generator.event.Events;
import d2s.generator.event.Person;
import d2s.generator.event.Room;
import d2s.generator.event.World;
import d2s.generator.random.Chance;
import d2s.generator.random.Resource;
import d2s.generator.random.Size;
import d2s.generator.room.FederatedRooms;
import d2s.generator.room.LocalRooms;
import d2s.generator.room.Memberships;
import d2s.generator.room.RoomEnds;
import d2s.generator.room.RoomLife;
import d2s.generator.table.Schema;
import d2s.generator.table.Tables;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Writes the database of a Dendrite 0.13.8 on which a made-up town has lived for two years.
 *
 * <p>It is as Dendrite would have left it: numbers instead of texts, states in blocks that
 * snapshots share, hashes, signatures and event IDs that can be computed again, forks, redacted
 * messages, rooms of other servers with a part of their history, one of them with very many
 * members, keys of devices with right signatures. Nothing but the seed decides what is in it. Only
 * rooms and their members are kept in memory; events go to the database at once.
 */
public final class GeneratedDendrite {
  private final Size size;
  private final DataSource database;
  private final Chance chance;
  private World world;
  private Room big;

  /**
   * @param database empty
   */
  public GeneratedDendrite(Size size, DataSource database) {
    this.size = size;
    this.database = database;
    chance = new Chance(size.seed());
  }

  /** Writes everything; returns the number of rows of every table that has some. */
  public Map<String, Long> write() throws SQLException {
    Schema schema = new Schema(database);
    schema.create();
    Map<String, Long> sequences;
    Map<String, Long> counts;
    try (Tables tables = new Tables(database)) {
      world = new World(size, tables);
      sequences = write(tables);
      counts = tables.counts();
    }
    schema.complete(sequences);
    return counts;
  }

  /** The access token of a local user, by number from 0. */
  public String accessToken(int user) {
    return Accounts.token(chance, user);
  }

  /** The signing key as Synapse's key file has it. */
  public String signingKeyLine() {
    return "ed25519 " + world.home.keyId() + " " + world.home.key().seedText();
  }

  /** The rooms that were made here, by room version, one of each; user 0 made them. */
  public Map<Integer, String> roomsOfVersions() {
    Map<Integer, String> rooms = new LinkedHashMap<>();
    world.rooms.stream()
        .filter(room -> !room.federated)
        .limit(11)
        .forEach(room -> rooms.put(room.version, room.id));
    return rooms;
  }

  /** The server name in all user IDs. */
  public String serverName() {
    return World.SERVER_NAME;
  }

  /** A user, by number from 0, in the room with many members. */
  public int memberOfBigRoom() {
    return big.localJoined.iterator().next().number;
  }

  /** The room with many members. */
  public String bigRoom() {
    return big.id;
  }

  private Map<String, Long> write(Tables tables) {
    Events events = new Events(world);
    Memberships memberships = new Memberships(world, events);
    LocalRooms localRooms = new LocalRooms(world, events, memberships);
    FederatedRooms federatedRooms = new FederatedRooms(world, events, memberships);
    RoomLife life = new RoomLife(world, events, memberships, federatedRooms);
    Accounts accounts = new Accounts(world);
    accounts.create();
    Media.write(world);
    live(localRooms, federatedRooms, life);
    for (Room room : world.rooms) {
      if (room.held != null) {
        events.release(room);
      }
    }
    EncryptionKeys keys = new EncryptionKeys(world);
    keys.write();
    RoomEnds ends = new RoomEnds(world);
    for (Room room : world.rooms) {
      ends.write(room, accounts);
    }
    direct(accounts);
    Federation.write(world);
    world.states.writeEmpty(world.lastRoom);
    world.types.forEach((type, nid) -> tables.of("roomserver_event_types").row(nid, type));
    world.keys.forEach((key, nid) -> tables.of("roomserver_event_state_keys").row(nid, key));
    migrations(tables);
    return sequences(accounts, keys, ends);
  }

  /** Rooms come up evenly over the first nine tenths of the time, and live from then on. */
  private void live(LocalRooms localRooms, FederatedRooms federatedRooms, RoomLife life) {
    Chance luck = world.chance;
    for (int i = 0; i < 11; i++) {
      localRooms.create();
    }
    big = federatedRooms.join(Math.max(10, size.bigMembers()), 20, 5);
    // The first event after the members of the big room starts the clock for everything else.
    long start = world.lastEvent;
    long span = Math.max(1, size.events() - start);
    long changes = 0;
    while (!world.isFull()) {
      double progress = (double) (world.lastEvent - start) / span;
      if (changes < size.bigChanges() * progress) {
        life.changeFarMember(big);
        changes++;
      } else if (world.rooms.size() < size.rooms() * Math.min(1, progress / 0.9)) {
        if (luck.of(0.1)) {
          federatedRooms.join(
              luck.around(12, 0.8), luck.of(0.5) ? luck.around(10, 0.8) : 0, 1 + luck.below(3));
        } else {
          localRooms.create();
        }
      } else {
        // Few rooms are busy: the number grows with the cube of chance.
        double x = luck.fraction();
        life.step(world.rooms.get((int) (world.rooms.size() * x * x * x)));
      }
    }
  }

  private void direct(Accounts accounts) {
    Map<Person, List<Room>> direct = new LinkedHashMap<>();
    for (Room room : world.rooms) {
      if (room.joined.size() == 2 && !room.isPublic) {
        for (Person person : room.localJoined) {
          direct.computeIfAbsent(person, key -> new ArrayList<>()).add(room);
        }
      }
    }
    direct.forEach(accounts::direct);
  }

  private static void migrations(Tables tables) {
    String time =
        Instant.ofEpochMilli(World.START)
            .truncatedTo(ChronoUnit.SECONDS)
            .atOffset(ZoneOffset.UTC)
            .toString();
    for (String version : Resource.text("dendrite-migrations.txt").split("\n")) {
      tables.of("db_migrations").row(version, time, "0.13.8");
    }
  }

  private Map<String, Long> sequences(Accounts accounts, EncryptionKeys keys, RoomEnds ends) {
    Map<String, Long> sequences = new LinkedHashMap<>();
    sequences.put("roomserver_event_nid_seq", world.lastEvent);
    sequences.put("roomserver_room_nid_seq", world.lastRoom);
    sequences.put("roomserver_event_type_nid_seq", 65_535L + world.types.size() - 7);
    sequences.put("roomserver_event_state_key_nid_seq", 65_534L + world.keys.size());
    sequences.put("roomserver_state_block_nid_seq", world.states.lastBlock());
    sequences.put("roomserver_state_snapshot_nid_seq", world.states.lastSnapshot());
    sequences.put("syncapi_stream_id", world.lastPosition);
    sequences.put("syncapi_relation_id", world.lastRelation);
    sequences.put("syncapi_receipt_id", world.lastReceipt);
    sequences.put("syncapi_notification_data_id_seq", ends.lastCount());
    sequences.put("syncapi_presence_id", accounts.lastPresence());
    sequences.put("syncapi_send_to_device_id", keys.lastToDevice());
    sequences.put("syncapi_filter_id_seq", (long) size.users());
    sequences.put("keyserver_key_changes_seq", keys.lastChange());
    sequences.put("userapi_key_backup_versions_seq", keys.lastBackup());
    sequences.put("userapi_notifications_id_seq", world.lastNotification);
    sequences.put("userapi_device_session_id_seq", (long) size.users());
    sequences.put("userapi_pushers_id_seq", (long) size.users());
    sequences.put("federationsender_queue_json_json_nid_seq", Federation.lastQueued());
    return sequences;
  }
}

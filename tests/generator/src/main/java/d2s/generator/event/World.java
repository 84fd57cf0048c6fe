package d2s.generator.event;

import d2s.generator.random.Chance;
import d2s.generator.random.Size;
import d2s.generator.random.Words;
import d2s.generator.signing.Ed25519Key;
import d2s.generator.table.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all parts of the generator share: the servers, the people, the numbers given out so far. */
public final class World {
  public static final String SERVER_NAME = "large.test";

  /** 1 January 2024 to 1 January 2026. */
  public static final long START = 1_704_067_200_000L;

  public static final long END = 1_767_225_600_000L;

  private static final int FIRST_NUMBER = 65_536;
  private static final List<String> KNOWN_TYPES =
      List.of(
          "m.room.create",
          "m.room.power_levels",
          "m.room.join_rules",
          "m.room.third_party_invite",
          "m.room.member",
          "m.room.redaction",
          "m.room.history_visibility");

  public final Size size;
  public final Chance chance;
  public final Words words;
  public final Tables tables;
  public final StateStore states;
  public final Server home;
  public final List<Server> peers = new ArrayList<>();
  public final List<Person> people = new ArrayList<>();
  public final List<Room> rooms = new ArrayList<>();

  /** People of other servers whose devices this server knows. */
  public final List<Person> farDevices = new ArrayList<>();

  public final Map<String, Long> types = new LinkedHashMap<>();
  public final Map<String, Long> keys = new LinkedHashMap<>();

  public long lastEvent;
  public long lastRoom;
  public long lastPosition;
  public long lastRelation;
  public long lastNotification;
  public long lastReceipt;
  private long lastTime = START;

  public World(Size size, Tables tables) {
    this.size = size;
    this.tables = tables;
    chance = new Chance(size.seed());
    words = new Words(chance);
    states = new StateStore(tables);
    home = new Server(SERVER_NAME, "gen1", new Ed25519Key(chance.bytes("server", 0)), true);
    int count = (int) Math.max(3, Math.min(200, size.events() / 2000));
    for (int i = 1; i <= count; i++) {
      peers.add(
          new Server(
              "peer" + i + ".test", "p" + i, new Ed25519Key(chance.bytes("server", i)), false));
    }
    KNOWN_TYPES.forEach(type -> types.put(type, types.size() + 1L));
    keys.put("", 1L);
  }

  public long type(String type) {
    return types.computeIfAbsent(
        type, key -> FIRST_NUMBER + (long) types.size() - KNOWN_TYPES.size());
  }

  public long key(String key) {
    Long known = keys.get(key);
    if (known == null) {
      known = FIRST_NUMBER + (long) keys.size() - 1;
      keys.put(key, known);
    }
    return known;
  }

  /** The time of the next event: events come evenly over the years, each later than the last. */
  public long tick() {
    long even = START + (long) ((END - START) * ((double) lastEvent / size.events()));
    lastTime = Math.max(lastTime + 1 + chance.below(5), even);
    return lastTime;
  }

  public long now() {
    return lastTime;
  }

  /** Whether notifications of events of now are still there. */
  public boolean isRecent() {
    return lastEvent >= size.events() * (1 - size.notified());
  }

  public boolean isFull() {
    return lastEvent >= size.events();
  }

  public long nextPosition() {
    return ++lastPosition;
  }

  public Person anybody() {
    return chance.oneOf(people);
  }
}

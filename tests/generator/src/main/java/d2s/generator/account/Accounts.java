package d2s.generator.account;

import d2s.generator.event.Json;
import d2s.generator.event.Member;
import d2s.generator.event.Person;
import d2s.generator.event.Room;
import d2s.generator.event.World;
import d2s.generator.random.Chance;
import d2s.generator.random.Resource;
import d2s.generator.table.Tables;
import java.util.List;

/** Users with what they registered and set before anything happened in a room. */
public final class Accounts {
  /** Of a password that nobody knows: bcrypt of 22 characters of salt and 31 of hash. */
  private static final String PASSWORD_HASH =
      "$2a$10$abcdefghijklmnopqrstuuLCyTU4L3ZUpGyX8wPXuqm1QYSmMVLma";

  private static final long DAY = 86_400_000L;
  private static final int VISITS = 5;
  private static final String FILTER =
      "{\"account_data\":{},\"presence\":{\"types\":[]},\"room\":{\"account_data\":{},"
          + "\"ephemeral\":{},\"state\":{\"lazy_load_members\":true},\"timeline\":{\"limit\":20}}}";

  private final World world;
  private final Tables tables;
  private long lastPresence;

  public Accounts(World world) {
    this.world = world;
    this.tables = world.tables;
  }

  public void create() {
    String rules = Resource.text("push-rules.json").strip();
    for (int i = 0; i < world.size.users(); i++) {
      Person person = person(i);
      world.people.add(person);
      account(person);
      accountData(person, "", "m.push_rules", rulesOf(rules, person));
      if (i % 4 == 0) {
        accountData(person, "", "im.vector.web.settings", "{\"showTypingNotifications\":false}");
      }
      if (i % 50 == 7) {
        accountData(
            person, "", "m.ignored_user_list", "{\"ignored_users\":{\"@spam:peer1.test\":{}}}");
        tables
            .of("syncapi_ignores")
            .row(person.id, "{\"ignored_users\":{\"@spam:peer1.test\":{}}}");
      }
      settings(person);
    }
  }

  private Person person(int i) {
    Chance chance = world.chance;
    String avatar =
        i % 5 == 0
            ? "mxc://" + World.SERVER_NAME + "/" + chance.hex("media", i % Media.count(world.size))
            : "";
    return new Person(
        "user" + i,
        world.home,
        i % 3 == 0 ? "User " + i + " ☺" : "user" + i,
        avatar,
        i,
        i + 1L,
        "DEVICE" + i,
        chance.key("curve", i),
        i % 2 == 0);
  }

  /** The access token of a local user. */
  public static String token(Chance chance, int number) {
    return chance.token("access token", number);
  }

  private void account(Person person) {
    long created = World.START - (world.size.users() - person.number) * 1000L;
    int number = person.number;
    tables
        .of("userapi_accounts")
        .row(
            person.localpart,
            World.SERVER_NAME,
            created,
            PASSWORD_HASH,
            "",
            false,
            number == 0 ? 3 : 1);
    tables
        .of("userapi_profiles")
        .row(person.localpart, World.SERVER_NAME, person.displayName, person.avatar);
    tables
        .of("userapi_devices")
        .row(
            token(world.chance, number),
            person.session,
            person.device,
            person.localpart,
            World.SERVER_NAME,
            created,
            "Client of " + number,
            World.END - number * 1000L,
            "192.0.2." + number % 250 + ":" + (20_000 + number % 40_000),
            "Client/1.0");
    for (int day = 0; day < VISITS; day++) {
      tables
          .of("userapi_daily_visits")
          .row(
              person.localpart,
              person.device,
              World.END - (1 + day * (1 + number % 3)) * DAY,
              "Client/1.0");
    }
  }

  private void settings(Person person) {
    int number = person.number;
    tables.of("syncapi_filter").row(FILTER, number + 1, person.localpart);
    if (number % 3 == 0) {
      tables
          .of("userapi_pushers")
          .row(
              number + 1L,
              person.localpart,
              World.SERVER_NAME,
              person.session,
              "",
              "http",
              "app.of.phones",
              "App",
              "Phone",
              world.chance.token("push key", number),
              World.START / 1000,
              "en",
              "{\"format\":\"event_id_only\",\"url\":\"https://push.test/_matrix/push/v1/notify\"}");
    }
    if (number % 2 == 0) {
      tables
          .of("syncapi_presence")
          .row(++lastPresence, person.id, 3, number % 10 == 0 ? "away" : "", World.END - number);
    }
  }

  public long lastPresence() {
    return lastPresence;
  }

  /** Account data, with its place in the stream; room {@code ""} is the account itself. */
  void accountData(Person person, String room, String type, String content) {
    tables
        .of("userapi_account_datas")
        .row(person.localpart, World.SERVER_NAME, room, type, content);
    tables.of("syncapi_account_data_type").row(world.nextPosition(), person.id, room, type);
  }

  private static String rulesOf(String template, Person person) {
    return template.replace("@USER@", person.id).replace("@LOCALPART@", person.localpart);
  }

  /** What people put on rooms, once all is over. */
  public void roomData(Room room, String lastEventId) {
    for (Person person : room.localJoined) {
      Member member = room.members.get(person);
      if (member.reads) {
        accountData(
            person, room.id, "m.fully_read", "{\"event_id\":" + Json.quote(lastEventId) + "}");
      }
      if (world.chance.of(0.03)) {
        accountData(person, room.id, "m.tag", "{\"tags\":{\"m.favourite\":{\"order\":0.5}}}");
      }
    }
  }

  /** Who talks to whom alone. */
  public void direct(Person person, List<Room> rooms) {
    StringBuilder content = new StringBuilder("{");
    for (Room room : rooms) {
      for (Person other : room.joined) {
        if (other != person) {
          content
              .append(content.length() > 1 ? "," : "")
              .append(Json.quote(other.id))
              .append(":[\"")
              .append(room.id)
              .append("\"]");
          break;
        }
      }
    }
    accountData(person, "", "m.direct", content.append('}').toString());
  }
}

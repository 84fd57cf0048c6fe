package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two clients go on with tokens of before: one that missed something in every stream that a token
 * of Dendrite counts, and one that missed nothing. The first gets each thing once, the second gets
 * nothing that it had.
 */
public final class TokensAct implements Act {

  /** The streams of a token of Dendrite, in their order. */
  private static final List<String> STREAMS =
      List.of(
          "events",
          "typing",
          "receipts",
          "messages to devices",
          "invites",
          "account data",
          "device lists",
          "unread counts",
          "presence");

  private static final String SETTING = "org.example.position";
  private static final int LONG_ENOUGH_MS = 60_000;

  private String room;
  private String readEvent;
  private String invited;
  private String status;
  private int unread;
  private final List<String> missed = new ArrayList<>();

  @Override
  public void before(World world) {
    Person friend = friend(world);
    room = friend.createRoom(Map.of("preset", "public_chat", "name", "Tokens " + world.word()));
    world.rooms().put("tokens", room);
    for (Person person : List.of(absent(world), present(world))) {
      person.join(room);
    }
    move(world, world.word());
    moveAgain(world, friend.say(room, world.word()), "before");
    settle(absent(world));
  }

  @Override
  public void away(World world) {
    Person friend = friend(world);
    Person present = present(world);
    settle(absent(world));
    long[] before = numbers(absent(world));
    status = "away " + world.word();
    readEvent = friend.say(room, world.word());
    missed.add(readEvent);
    move(world, status);
    invited =
        friend.createRoom(Map.of("preset", "private_chat", "name", "Position " + world.word()));
    world.rooms().put("tokensinvite", invited);
    friend.invite(invited, absent(world));
    friend.invite(invited, present);
    moveAgain(world, readEvent, "away");
    missed.add(friend.say(room, world.word()));
    awaitCount(absent(world));
    Eventually.isTrue(
        "Dendrite has counted on in every stream, from " + Arrays.toString(before) + ", " + STREAMS,
        () -> {
          present.sync();
          long[] now = numbers(present);
          for (int i = 0; i < now.length; i++) {
            if (now[i] <= before[i]) {
              return false;
            }
          }
          return true;
        });
    settle(present);
  }

  /** Typing, presence, and another device. */
  private void move(World world, String text) {
    Person friend = friend(world);
    friend
        .client()
        .put(
            List.of("rooms", room, "typing", friend.userId()),
            Map.of("typing", true, "timeout", LONG_ENOUGH_MS))
        .orFail();
    friend
        .client()
        .put(
            List.of("presence", friend.userId(), "status"),
            Map.of("presence", "online", "status_msg", text))
        .orFail();
    world.anotherDevice(friend, "TOKENS" + world.word().toUpperCase(java.util.Locale.ROOT));
  }

  /** Receipts, messages to devices, account data. */
  private void moveAgain(World world, String event, String text) {
    Person friend = friend(world);
    friend.read(room, event);
    for (Person person : List.of(absent(world), present(world))) {
      friend.writeTo(person, text);
      person.setAccountData(SETTING, Map.of("when", text));
    }
  }

  /** Nothing is on its way to the person any more. */
  private void settle(Person person) {
    Eventually.isTrue(
        "nothing is new for " + person,
        () -> isQuiet(person.sync()) && isQuiet(person.sync()) && isQuiet(person.sync()));
  }

  private static boolean isQuiet(JsonNode sync) {
    return sync.at("/rooms/join").isEmpty()
        && sync.at("/rooms/invite").isEmpty()
        && sync.at("/to_device/events").isEmpty()
        && sync.at("/account_data/events").isEmpty();
  }

  private void awaitCount(Person person) {
    Eventually.isTrue(
        "Dendrite has counted what " + person + " has not read",
        () -> {
          int now = unreadOf(person.syncFromNothing());
          boolean same = now == unread && now >= missed.size();
          unread = now;
          return same;
        });
  }

  private int unreadOf(JsonNode sync) {
    return sync.at("/rooms/join")
        .path(room)
        .at("/unread_notifications/notification_count")
        .asInt(-1);
  }

  private static long[] numbers(Person person) {
    String token = person.since();
    assertThat(token).as("a token of Dendrite").matches("s\\d+(_\\d+){8}");
    return Arrays.stream(token.substring(1).split("_")).mapToLong(Long::parseLong).toArray();
  }

  @Override
  public void after(World world) {
    Person absent = absent(world);
    JsonNode sync = absent.sync();
    assertThat(AbsenceAct.timeline(sync, room)).as("1, events").isEqualTo(missed);
    assertThat(receipts(sync)).as("3, receipts").contains(readEvent, friend(world).userId());
    assertThat(Person.lettersIn(sync)).as("4, messages to devices").containsExactly("away");
    assertThat(sync.at("/rooms/invite").has(invited)).as("5, invites").isTrue();
    assertThat(settings(sync)).as("6, account data").containsExactly("away");
    assertThat(sync.at("/device_lists/changed").toString())
        .as("7, device lists")
        .contains(friend(world).userId());
    assertThat(unreadOf(sync)).as("8, unread counts").isEqualTo(unread);
    assertThat(sync.at("/presence/events").toString())
        .as("9, presence")
        .contains(friend(world).userId(), status);
    assertNothingComesTwice(absent);

    Person present = present(world);
    JsonNode same = present.sync();
    assertThat(AbsenceAct.timeline(same, room)).as("events that come again").isEmpty();
    assertThat(Person.lettersIn(same)).as("messages to devices that come again").isEmpty();
    assertThat(same.at("/rooms/invite").has(invited)).as("the invite comes again").isFalse();
    assertNothingComesTwice(present);
  }

  private void assertNothingComesTwice(Person person) {
    JsonNode next = person.sync();
    assertThat(AbsenceAct.timeline(next, room)).as("events twice").isEmpty();
    assertThat(receipts(next)).as("receipts twice").doesNotContain(readEvent);
    assertThat(Person.lettersIn(next)).as("messages to devices twice").isEmpty();
    assertThat(next.at("/rooms/invite").has(invited)).as("the invite twice").isFalse();
    assertThat(settings(next)).as("account data twice").isEmpty();
    assertThat(next.at("/device_lists/changed")).as("device lists twice").isEmpty();
  }

  private String receipts(JsonNode sync) {
    StringBuilder receipts = new StringBuilder();
    for (JsonNode event : sync.at("/rooms/join").path(room).at("/ephemeral/events")) {
      if (event.path("type").asText().equals("m.receipt")) {
        receipts.append(event.path("content"));
      }
    }
    return receipts.toString();
  }

  private static List<String> settings(JsonNode sync) {
    List<String> settings = new ArrayList<>();
    for (JsonNode event : sync.at("/account_data/events")) {
      if (event.path("type").asText().equals(SETTING)) {
        settings.add(event.at("/content/when").asText());
      }
    }
    return settings;
  }

  private static Person absent(World world) {
    return world.person("absent");
  }

  private static Person present(World world) {
    return world.person("present");
  }

  private static Person friend(World world) {
    return world.person("friend");
  }
}

package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.server.MatrixClient;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.List;
import java.util.Map;

/** A guest, who has a token but no password, comes into a room that lets guests in. */
public final class GuestsAct implements Act {
  private Person guest;

  @Override
  public void before(World world) {
    Person alice = world.person("alice");
    String open = alice.createRoom(room(world, "can_join"));
    world.rooms().put("guests", open);
    String closed = alice.createRoom(room(world, "forbidden"));
    world.rooms().put("noguests", closed);
    guest = register(world);
    guest.join(open);
    String last = guest.say(open, world.word());
    world.events().put("guests.msg", last);
    assertRefused(guest, closed);
    Eventually.isTrue(
        "the guest has seen everything so far",
        () -> AbsenceAct.timeline(guest.sync(), open).contains(last));
    alice.say(open, world.word());
  }

  private static Map<String, Object> room(World world, String guestAccess) {
    return Map.of(
        "preset",
        "public_chat",
        "name",
        "Guests " + guestAccess + " " + world.word(),
        "initial_state",
        List.of(
            Map.of(
                "type",
                "m.room.guest_access",
                "state_key",
                "",
                "content",
                Map.of("guest_access", guestAccess))));
  }

  /** Guests are not among the people whose answers are compared: they may ask for little. */
  private static Person register(World world) {
    MatrixClient anybody = world.home().server().client(null);
    JsonNode answer =
        anybody
            .send(
                "POST",
                "/_matrix/client/v3",
                List.of("register"),
                Map.of("initial_device_display_name", "a borrowed computer"),
                "kind",
                "guest")
            .orFail();
    String token = answer.get("access_token").asText();
    return new Person(
        "guest",
        answer.get("user_id").asText(),
        "",
        answer.path("device_id").asText(),
        token,
        world.home().server().client(token));
  }

  private static void assertRefused(Person person, String room) {
    assertThat(person.client().post(List.of("join", room), Map.of()).status())
        .as("a guest joins a room that lets no guests in")
        .isEqualTo(403);
  }

  @Override
  public void after(World world) {
    Person alice = world.person("alice");
    String open = world.room("guests");
    JsonNode self = guest.client().get(List.of("account", "whoami")).orFail();
    assertThat(self.get("user_id").asText()).isEqualTo(guest.userId());
    assertThat(self.path("is_guest").asBoolean()).as("the guest is still a guest").isTrue();
    assertThat(guest.sync().at("/rooms/join").path(open).at("/timeline/events"))
        .as("what the guest missed")
        .hasSize(1);
    String said = guest.say(open, world.word());
    assertThat(alice.history(open)).containsKey(said);
    assertRefused(guest, world.room("noguests"));
    assertThat(guest.client().post(List.of("createRoom"), Map.of()).status())
        .as("a guest creates a room")
        .isEqualTo(403);
    Person another = register(world);
    assertThat(another.userId()).isNotEqualTo(guest.userId());
    another.join(open);
    another.say(open, world.word());
  }
}

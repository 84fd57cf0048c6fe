package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import java.util.List;
import java.util.Map;

/** What people keep at the server for themselves. */
public final class UserDataAct implements Act {
  private String filter;
  private String unwelcomeEarly;

  @Override
  public void before(World world) {
    Person alice = world.person("alice");
    Person bob = world.person("bob");
    String room = world.room("talk");
    alice.tag(room, "m.favourite", 0.25);
    alice.tag(room, "u." + world.word(), 0.5);
    bob.tag(world.room("private"), "m.lowpriority", 1);
    alice.setAccountData(
        "org.example.settings",
        Map.of("word", world.word(), "nested", Map.of("list", List.of(1, "\u2713"))));
    bob.setAccountData(
        "m.ignored_user_list",
        Map.of("ignored_users", Map.of(world.person("mallory").userId(), Map.of())));
    String ignored =
        bob.createRoom(Map.of("preset", "public_chat", "name", "Ignored " + world.word()));
    world.rooms().put("ignored", ignored);
    world.person("mallory").join(ignored);
    unwelcomeEarly = world.person("mallory").say(ignored, world.word());
    alice
        .client()
        .put(
            List.of("user", alice.userId(), "rooms", room, "account_data", "org.example.room"),
            Map.of("colour", world.word()))
        .orFail();
    alice
        .client()
        .put(List.of("pushrules", "global", "room", room), Map.of("actions", List.of("notify")))
        .orFail();
    alice
        .client()
        .put(
            List.of("pushrules", "global", "underride", ".m.rule.message", "enabled"),
            Map.of("enabled", false))
        .orFail();
    alice.client().post(List.of("pushers", "set"), pusher(world)).orFail();
    filter =
        alice.makeFilter(
            Map.of(
                "room",
                Map.of("timeline", Map.of("limit", 1, "types", List.of("m.room.message")))));
    alice
        .client()
        .put(
            List.of("presence", alice.userId(), "status"),
            Map.of("presence", "online", "status_msg", "busy with " + world.word()))
        .orFail();
  }

  /** To a place that nobody listens at. */
  private static Map<String, Object> pusher(World world) {
    return Map.of(
        "app_id",
        "org.example." + world.word(),
        "kind",
        "http",
        "app_display_name",
        "Example",
        "device_display_name",
        "telephone",
        "pushkey",
        world.word(),
        "lang",
        "en",
        "data",
        Map.of("url", "https://127.0.0.1:9/_matrix/push/v1/notify", "format", "event_id_only"));
  }

  @Override
  public void after(World world) {
    Person alice = world.person("alice");
    String room = world.room("talk");
    JsonNode sync = alice.client().get(List.of("sync"), "timeout", "0", "filter", filter).orFail();
    JsonNode timeline = sync.at("/rooms/join").path(room).at("/timeline/events");
    assertThat(timeline).as("timeline by a filter of before").hasSize(1);
    assertThat(timeline.at("/0/type").asText()).isEqualTo("m.room.message");
    alice.tag(room, "m.favourite", 0.75);
    alice.setAccountData("org.example.settings", Map.of("word", "changed"));
    Person mallory = world.person("mallory");
    String unwelcome = mallory.say(world.room("ignored"), world.word());
    Person bob = world.person("bob");
    assertThat(bob.history(world.room("ignored")))
        .as("what bob sees of somebody whom he ignores")
        .doesNotContainKey(unwelcome)
        .doesNotContainKey(unwelcomeEarly);
  }
}

package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.server.MatrixClient.Answer;
import d2s.switchover.client.Person;
import d2s.switchover.server.DendriteServer;
import d2s.switchover.server.Eventually;
import java.util.List;
import java.util.Map;

/** Notices of the server to its users: those of before stay, the next comes into the same room. */
public final class NoticesAct implements Act {
  @Override
  public void before(World world) {
    Person grace = world.person("grace");
    world.events().put("notices.first", send(world, grace));
    String room =
        Eventually.get(
            "grace is invited to hear the server",
            () -> {
              JsonNode invites = grace.syncFromNothing().at("/rooms/invite");
              return invites.isEmpty() ? null : invitedByServer(invites);
            });
    world.rooms().put("notices", room);
    grace.join(room);
    send(world, world.person("ivan"));
  }

  private static String invitedByServer(JsonNode invites) {
    for (Map.Entry<String, JsonNode> invite : invites.properties()) {
      if (invite.getValue().toString().contains("@" + DendriteServer.NOTICES_SENDER + ":")) {
        return invite.getKey();
      }
    }
    return null;
  }

  private static String send(World world, Person recipient) {
    Answer answer =
        world
            .administrator("admin")
            .client()
            .send(
                "PUT",
                "/_synapse/admin/v1",
                List.of("send_server_notice", Person.newTransaction()),
                Map.of(
                    "user_id",
                    recipient.userId(),
                    "content",
                    Person.text("The server says " + world.word())));
    return answer.orFail().get("event_id").asText();
  }

  @Override
  public void after(World world) {
    Person grace = world.person("grace");
    String room = world.room("notices");
    String next = send(world, grace);
    assertThat(grace.history(room))
        .as("notices in the same room as before")
        .containsKeys(world.event("notices.first"), next);
    JsonNode tags =
        grace
            .client()
            .get(List.of("user", grace.userId(), "rooms", room, "tags"))
            .orFail()
            .get("tags");
    assertThat(tags.has("m.server_notice")).as("the tag of the server's room").isTrue();
    Person ivan = world.person("ivan");
    String invited = invitedByServer(ivan.syncFromNothing().at("/rooms/invite"));
    assertThat(invited).as("the room that the server invited ivan to").isNotNull();
    ivan.join(invited);
    String forIvan = send(world, ivan);
    assertThat(ivan.history(invited)).containsKey(forIvan);
  }
}

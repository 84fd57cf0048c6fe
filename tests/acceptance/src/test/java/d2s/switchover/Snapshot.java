package d2s.switchover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import d2s.acceptance.comparison.Background;
import d2s.acceptance.comparison.Comparison;
import d2s.acceptance.comparison.EventGraph;
import d2s.acceptance.probe.AccountProbes;
import d2s.acceptance.probe.EncryptionProbes;
import d2s.acceptance.probe.EventProbes;
import d2s.acceptance.probe.MediaProbes;
import d2s.acceptance.probe.RoomProbes;
import d2s.acceptance.probe.SyncProbes;
import d2s.acceptance.probe.UserDataProbes;
import d2s.acceptance.recording.AnswerKinds;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.RecordedHomeserver.Device;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient.Answer;
import d2s.switchover.act.World;
import d2s.switchover.client.Person;
import d2s.switchover.store.Component;
import d2s.switchover.store.DendriteStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the homeserver answers everybody in the world, taken when it is at rest; another server can
 * be asked the same, and the answers compared.
 */
final class Snapshot {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode ASKED = JSON.createObjectNode();
  private static final TextNode READABLE = TextNode.valueOf("state readable");

  private static final List<String> THUMBNAILS =
      List.of("width=32&height=32&method=crop", "width=320&height=240&method=scale");

  private final Background background;

  private Snapshot(Background background) {
    this.background = background;
  }

  /**
   * Asks the homeserver everything.
   *
   * @param dendrite its databases
   */
  static Snapshot of(World world, DendriteStore dendrite) throws SQLException {
    RecordedHomeserver plan = homeserver(world, plan(world));
    RecordedHomeserver recorded = homeserver(world, ask(plan, world.home().server()));
    try (Connection rooms = dendrite.connect(Component.ROOM_SERVER);
        Connection sync = dendrite.connect(Component.SYNC_API)) {
      return new Snapshot(Background.of(recorded, EventGraph.read(rooms, sync)));
    }
  }

  /** Asks another server the same and compares. */
  Comparison compareWith(Homeserver server) {
    return Comparison.of(background, ask(background.recorded(), server), AnswerKinds.LIVING);
  }

  private static Answers ask(RecordedHomeserver recorded, Homeserver server) {
    Answers answers = new Answers();
    new SyncProbes(recorded, server, answers).ask();
    new EncryptionProbes(recorded, server, answers).ask();
    new UserDataProbes(recorded, server, answers).ask();
    new AccountProbes(recorded, server, answers).ask();
    new RoomProbes(recorded, server, answers).ask();
    new EventProbes(recorded, server, answers).ask();
    new MediaProbes(recorded, server, answers).ask();
    return answers;
  }

  private static RecordedHomeserver homeserver(World world, Answers answers) {
    Map<String, RecordedHomeserver.Person> people = new LinkedHashMap<>();
    world
        .people()
        .forEach(
            (role, person) ->
                people.put(
                    role,
                    new RecordedHomeserver.Person(
                        role,
                        person.userId(),
                        world.isLocal(person),
                        false,
                        List.of(
                            new Device(
                                person.deviceId(), person.token(), person.since(), false)))));
    return new RecordedHomeserver(
        "switchover",
        world.home().serverName(),
        "",
        people,
        world.rooms(),
        world.aliases(),
        world.events(),
        answers);
  }

  private static JsonNode hashOf(World.Upload upload) {
    return JSON.createObjectNode().put("sha256", upload.sha256());
  }

  /** What to ask whom; only the keys count, and who may read the state of which room. */
  private static Answers plan(World world) {
    Answers plan = new Answers();
    world.people().values().stream()
        .filter(world::isLocal)
        .forEach(person -> plan(plan, world, person));
    world.rooms().keySet().forEach(room -> plan.put("directory_visibility", room, ASKED));
    world.aliases().keySet().forEach(alias -> plan.put("directory", alias, ASKED));
    for (World.Upload upload : world.uploads()) {
      for (String how : List.of("legacy", "authenticated")) {
        plan.put("media", Answers.key(upload.mxc(), how), hashOf(upload));
        if (upload.picture()) {
          for (String box : THUMBNAILS) {
            plan.put("thumbnails", Answers.key(upload.mxc(), box, how), ASKED);
          }
        }
      }
    }
    return plan;
  }

  private static void plan(Answers plan, World world, Person person) {
    String role = person.role();
    String device = Answers.key(role, person.deviceId());
    plan.put("profile", role, ASKED);
    plan.put("sync_to_device", device, ASKED);
    if (person.since() != null) {
      plan.put("since_accepted", device, ASKED);
      plan.put("since_device_lists", device, ASKED);
    }
    person.accountData().forEach(type -> plan.put("account_data", Answers.key(role, type), ASKED));
    person
        .filters()
        .forEach(
            (id, filter) ->
                plan.put(
                    "filters",
                    Answers.key(role, id),
                    JSON.createObjectNode().set("asked", JSON.valueToTree(filter))));
    world.rooms().forEach((name, roomId) -> plan(plan, person, name, roomId, world));
  }

  private static void plan(Answers plan, Person person, String room, String roomId, World world) {
    String key = Answers.key(person.role(), room);
    Answer state = person.client().get(List.of("rooms", roomId, "state"));
    plan.put("room_access", key, state.isOk() ? READABLE : state.recorded());
    plan.put("tags", key, ASKED);
    boolean isMember = person.joinedRooms().contains(roomId);
    if (!state.isOk()) {
      return;
    }
    world
        .events()
        .forEach(
            (name, eventId) -> {
              if (name.startsWith(room + ".")) {
                plan.put("event", Answers.key(person.role(), name), ASKED);
                plan.put("context", Answers.key(person.role(), room, eventId), ASKED);
                // Dendrite says of events that one may not see that nothing relates to them.
                if (isMember
                    && person.client().get(List.of("rooms", roomId, "event", eventId)).isOk()) {
                  plan.put("relations", Answers.key(person.role(), name, ""), ASKED);
                  plan.put("relations", Answers.key(person.role(), name, "/m.annotation"), ASKED);
                }
              }
            });
  }
}

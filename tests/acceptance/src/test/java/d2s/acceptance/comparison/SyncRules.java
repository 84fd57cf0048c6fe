package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.probe.Probes;
import d2s.acceptance.recording.Answers;
import java.util.ArrayList;
import java.util.List;

/** Rules about /sync. */
final class SyncRules {
  private SyncRules() {}

  static Item kicksAndKnocks(Item item, Background background) {
    if (item.before() != null) {
      return item;
    }
    String person = item.keyPart(0);
    JsonNode member = background.ownMemberEvent(person, item.keyPart(1));
    String membership = member.at("/content/membership").asText();
    boolean removed =
        membership.equals("ban")
            || (membership.equals("leave")
                && !member.path("sender").asText().equals(background.userId(person)));
    String section = item.after().asText();
    boolean right =
        (section.equals("leave") && removed)
            || (section.equals("knock") && membership.equals("knock"));
    return right ? item.explained() : item;
  }

  static Item strippedInvite(Item item, Background background) {
    if (item.kind().equals("sync_invite_state")) {
      return item.before() == null ? item : item.with(stripped(item.before()), item.after());
    }
    if (item.before() == null
        || item.after() == null
        || !item.before().path("sec").asText().equals("invite")
        || !item.after().path("sec").asText().equals("invite")) {
      return item;
    }
    List<String> rest = new ArrayList<>(Background.texts(item.after().get("events")));
    for (String event : Background.texts(item.before().get("events"))) {
      if (!rest.remove(event.startsWith("$") ? "m.room.member" : event)) {
        return item;
      }
    }
    return item.explained();
  }

  /** The events with nothing but what says what they are. */
  private static JsonNode stripped(JsonNode events) {
    ArrayNode stripped = Probes.array();
    for (JsonNode event : events) {
      stripped.add(
          ((ObjectNode) event.deepCopy()).retain("type", "state_key", "sender", "content"));
    }
    return stripped;
  }

  static Item stateOfFork(Item item, Background background) {
    if (item.before() == null || item.after() == null) {
      return item;
    }
    String before = item.before().asText();
    String after = item.after().asText();
    return background.graph().areOfOneTuple(before, after)
            && background.graph().areConcurrent(before, after)
        ? item.explained()
        : item;
  }

  static Item stateBehindGap(Item item, Background background) {
    if (item.before() == null || item.after() == null) {
      return item;
    }
    JsonNode timeline =
        background
            .recorded()
            .answers()
            .of("sync_timeline_join")
            .get(Answers.key(item.keyPart(0), item.keyPart(1)));
    boolean right =
        timeline != null
            && background.graph().hasGap(Background.texts(timeline))
            && background.graph().areOfOneTuple(item.before().asText(), item.after().asText());
    return right ? item.explained() : item;
  }
}

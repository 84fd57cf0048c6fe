package d2s.generator.room;

import d2s.generator.account.Media;
import d2s.generator.event.Draft;
import d2s.generator.event.Json;
import d2s.generator.event.Person;
import d2s.generator.event.Reference;
import d2s.generator.event.Room;
import d2s.generator.event.World;
import d2s.generator.random.Chance;
import d2s.generator.random.Words;

/** What people say, in the mixture and the sizes of real rooms. */
final class Messages {
  /** Base64 characters around and in a Megolm message besides the text itself. */
  private static final int CIPHERTEXT_MINIMUM = 232;

  private final World world;
  private final Chance chance;
  private final Words words;

  /** What the message that was drafted last is about, and how; null if about nothing. */
  private String pendingTarget;

  private String pendingRelation;

  Messages(World world) {
    this.world = world;
    this.chance = world.chance;
    this.words = world.words;
  }

  /** A text, a picture, a reaction, an edit or an answer. */
  Draft any(Room room, Person sender) {
    double kind = chance.fraction();
    Reference target = kind < 0.07 ? room.recentMessage(chance) : null;
    if (target != null && kind < 0.03) {
      return relation(
          room,
          sender,
          target,
          "m.reaction",
          "m.annotation",
          "{\"m.relates_to\":{\"event_id\":\""
              + target.id()
              + "\",\"key\":\"👍\""
              + ",\"rel_type\":\"m.annotation\"}}");
    }
    if (room.encrypted) {
      return encrypted(room, sender, target, kind);
    }
    if (target != null) {
      return kind < 0.05 ? edit(room, sender, target) : answer(room, sender, target);
    }
    String text = text();
    if (kind > 0.96) {
      return message(room, sender, picture());
    }
    if (kind > 0.88) {
      String first = words.word();
      return message(
          room,
          sender,
          "{\"body\":"
              + Json.quote(first + " & " + text)
              + ",\"format\":\"org.matrix.custom.html\",\"formatted_body\":"
              + Json.quote("<b>" + first + "</b> &amp; " + text)
              + ",\"msgtype\":\"m.text\"}");
    }
    return message(room, sender, "{\"body\":" + Json.quote(text) + ",\"msgtype\":\"m.text\"}");
  }

  private Draft message(Room room, Person sender, String content) {
    return Draft.message("m.room.message", sender, content, room);
  }

  private String text() {
    String text = words.sentence(chance.around(9, 0.9));
    return chance.of(0.05) ? text + "\n\"" + words.word() + "\" 🙂" : text;
  }

  private String picture() {
    int number = chance.below(Media.count(world.size));
    return "{\"body\":\"picture "
        + number
        + ".png\",\"info\":{\"h\":600,\"mimetype\":\"image/png\",\"size\":"
        + Media.bytes(number)
        + ",\"w\":800},\"msgtype\":\"m.image\",\"url\":\"mxc://"
        + World.SERVER_NAME
        + "/"
        + chance.hex("media", number)
        + "\"}";
  }

  private Draft edit(Room room, Person sender, Reference target) {
    String text = Json.quote(text());
    return relation(
        room,
        sender,
        target,
        "m.room.message",
        "m.replace",
        "{\"body\":\"* "
            + text.substring(1)
            + ",\"m.new_content\":{\"body\":"
            + text
            + ",\"msgtype\":\"m.text\"},\"m.relates_to\":{\"event_id\":\""
            + target.id()
            + "\",\"rel_type\":\"m.replace\"},\"msgtype\":\"m.text\"}");
  }

  private Draft answer(Room room, Person sender, Reference target) {
    return relation(
        room,
        sender,
        target,
        "m.room.message",
        "m.thread",
        "{\"body\":"
            + Json.quote(text())
            + ",\"m.relates_to\":{\"event_id\":\""
            + target.id()
            + "\",\"is_falling_back\":true,\"m.in_reply_to\":{\"event_id\":\""
            + target.id()
            + "\"},\"rel_type\":\"m.thread\"},\"msgtype\":\"m.text\"}");
  }

  private Draft encrypted(Room room, Person sender, Reference target, double kind) {
    String relation =
        target == null
            ? ""
            : ",\"m.relates_to\":{\"event_id\":\""
                + target.id()
                + "\",\"rel_type\":\""
                + (kind < 0.05 ? "m.replace" : "m.thread")
                + "\"}";
    int length = CIPHERTEXT_MINIMUM + chance.around(90, 1.0);
    String content =
        "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":\""
            + chance.base64(Math.min(40_000, length))
            + "\",\"device_id\":\""
            + sender.device
            + '"'
            + relation
            + ",\"sender_key\":\""
            + sender.curveKey
            + "\",\"session_id\":\""
            + chance.key("session " + sender.id, room.recentCount / 100)
            + "\"}";
    if (target == null) {
      return Draft.message("m.room.encrypted", sender, content, room);
    }
    return relation(
        room, sender, target, "m.room.encrypted", kind < 0.05 ? "m.replace" : "m.thread", content);
  }

  private Draft relation(
      Room room, Person sender, Reference target, String type, String relation, String content) {
    pendingTarget = target.id();
    pendingRelation = relation;
    return Draft.message(type, sender, content, room);
  }

  /** Writes the relation of the message that was drafted last, now that it has an ID. */
  void relate(Room room, Draft draft, Reference sent) {
    if (pendingTarget != null) {
      world
          .tables
          .of("syncapi_relations")
          .row(
              ++world.lastRelation,
              room.id,
              pendingTarget,
              sent.id(),
              draft.type(),
              pendingRelation);
      pendingTarget = null;
    }
  }

  /** A message about nothing else, fit to be redacted. */
  Draft regretted(Room room, Person sender) {
    return room.encrypted
        ? encrypted(room, sender, null, 1)
        : message(room, sender, "{\"body\":" + Json.quote(text()) + ",\"msgtype\":\"m.text\"}");
  }
}

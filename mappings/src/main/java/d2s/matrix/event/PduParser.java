package d2s.matrix.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import d2s.matrix.json.JsonCursor;
import d2s.matrix.json.JsonSlices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an event in one pass.
 *
 * <p>What Dendrite itself needs of an event must be there and of the right type; without it this is
 * no event. What only Synapse insists on becomes an {@link Pdu#getIncompatibility()
 * incompatibility}.
 */
final class PduParser {

  /** Synapse's JSON parser gives up beyond this. Found by trying on 1.163.2. */
  private static final int DEEPEST_NESTING = 127;

  private final String eventId;
  private final RoomVersion version;
  private final JsonCursor reading;
  private final JsonParser parser;
  private final JsonSlices members;

  private String givenEventId;
  private String roomId;
  private String type;
  private String sender;
  private String stateKey;
  private Long depth;
  private Long originServerTs;
  private List<String> prevEvents;
  private List<String> authEvents;
  private JsonSlices content;
  private JsonSlices unsigned;
  private boolean hashed;
  private String incompatibility;

  private PduParser(JsonCursor reading, String eventId, RoomVersion version) {
    this.reading = reading;
    this.parser = reading.parser();
    this.eventId = eventId;
    this.version = version;
    this.members = new JsonSlices(reading.source());
  }

  static Pdu parse(String json, String eventId, RoomVersion version) {
    try (JsonCursor reading = JsonCursor.of(json)) {
      return new PduParser(reading, eventId, version).event();
    } catch (StreamConstraintsException e) {
      throw new MalformedEventException(
          eventId, "is nested too deeply or holds a number that is too long" + place(e));
    } catch (JsonProcessingException e) {
      throw new MalformedEventException(eventId, "is not valid JSON" + place(e));
    } catch (IOException e) {
      throw new MalformedEventException(eventId, "cannot be read");
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (at character " + (e.getLocation().getCharOffset() + 1) + ")";
  }

  private Pdu event() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("is not a JSON object");
    }
    reading.enter();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      int nameStart = reading.tokenStart();
      JsonToken token = parser.nextToken();
      int valueStart = reading.tokenStart();
      member(name, token);
      members.add(name, nameStart, valueStart, reading.position());
    }
    if (parser.nextToken() != null) {
      throw malformed("is followed by something that does not belong to it");
    }
    checkPresent();
    return new Pdu(this);
  }

  private void member(String name, JsonToken token) throws IOException {
    switch (name) {
      case "event_id" -> givenEventId = text(name, token);
      case "room_id" -> roomId = text(name, token);
      case "type" -> type = text(name, token);
      case "sender" -> sender = text(name, token);
      case "state_key" -> stateKey(token);
      case "depth" -> depth = integer(name, token);
      case "origin_server_ts" -> originServerTs = integer(name, token);
      case "prev_events" -> prevEvents = eventIds(name, token);
      case "auth_events" -> authEvents = eventIds(name, token);
      case "hashes" -> hashes(token);
      case "signatures" -> signatures(token);
      case "content" -> content = object(name, token);
      case "unsigned" -> unsigned(token);
      default -> reading.skip(token);
    }
  }

  private void checkPresent() {
    require("type", type);
    require("sender", sender);
    require("content", content);
    require("depth", depth);
    require("origin_server_ts", originServerTs);
    require("prev_events", prevEvents);
    require("auth_events", authEvents);
    if (!isCreateEvent() || !version.isRoomNamedAfterCreateEvent()) {
      require("room_id", roomId);
    }
    if (!hashed) {
      incompatibility("has no hashes");
    }
    if (version.isEventIdAssigned() && !eventId.equals(givenEventId)) {
      incompatibility(
          givenEventId == null
              ? "does not say its own id, as events of room version "
                  + version.getIdentifier()
                  + " must"
              : "says that it has another id");
    }
    if (reading.deepest() > DEEPEST_NESTING) {
      incompatibility("is nested more than " + DEEPEST_NESTING + " levels deep");
    }
    if (reading.isBoundless()) {
      incompatibility("holds a number that is too large for Synapse");
    }
  }

  private void require(String name, Object value) {
    if (value == null) {
      throw malformed("has no " + name);
    }
  }

  private boolean isCreateEvent() {
    return "m.room.create".equals(type) && "".equals(stateKey);
  }

  private String text(String name, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw malformed("has a member " + name + " that is not a string");
    }
    return parser.getText();
  }

  private void stateKey(JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      // For Dendrite the same as no state key.
      stateKey = null;
      incompatibility("has a state key that is null");
    } else {
      stateKey = text("state_key", token);
    }
  }

  private Long integer(String name, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw malformed("has a member " + name + " that is not an integer");
    }
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw malformed("has a member " + name + " that is out of range");
    }
    return parser.getLongValue();
  }

  /** Each id once, in the order of the event: the target tables hold each edge once. */
  private List<String> eventIds(String name, JsonToken start) throws IOException {
    if (start != JsonToken.START_ARRAY) {
      throw malformed("has " + name + " that are not an array");
    }
    List<String> ids = new ArrayList<>(4);
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      String id = version.isEventIdAssigned() ? reference(name, token) : text(name, token);
      if (!ids.contains(id)) {
        ids.add(id);
      }
    }
    return List.copyOf(ids);
  }

  /** A pair of an event id and an object of its hashes. */
  private String reference(String name, JsonToken start) throws IOException {
    if (start != JsonToken.START_ARRAY) {
      throw malformed("has " + name + " that are not pairs of an id and its hashes");
    }
    String id = text(name, parser.nextToken());
    int others = 0;
    boolean pair = false;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      others++;
      if (token == JsonToken.START_OBJECT) {
        pair = readStrings();
      } else {
        pair = false;
        reading.skip(token);
      }
    }
    if (!pair || others != 1) {
      incompatibility("has " + name + " that are not pairs of an id and its hashes");
    }
    return id;
  }

  private void hashes(JsonToken token) throws IOException {
    hashed = true;
    if (token != JsonToken.START_OBJECT) {
      reading.skip(token);
      incompatibility("has hashes that are not an object");
    } else if (!readStrings()) {
      incompatibility("has a hash that is not a string");
    }
  }

  private void signatures(JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      reading.skip(token);
      incompatibility("has signatures that are not an object");
      return;
    }
    while (parser.nextFieldName() != null) {
      JsonToken signatures = parser.nextToken();
      if (signatures != JsonToken.START_OBJECT) {
        reading.skip(signatures);
        incompatibility("has signatures of a server that are not an object");
      } else if (!readStrings()) {
        incompatibility("has a signature that is not a string");
      }
    }
  }

  /** Reads the rest of an object; true if it holds nothing but strings. */
  private boolean readStrings() throws IOException {
    boolean strings = true;
    while (parser.nextFieldName() != null) {
      JsonToken token = parser.nextToken();
      if (token != JsonToken.VALUE_STRING) {
        reading.skip(token);
        strings = false;
      }
    }
    return strings;
  }

  private JsonSlices object(String name, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw malformed("has a member " + name + " that is not an object");
    }
    return JsonSlices.read(reading);
  }

  private void unsigned(JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      unsigned = JsonSlices.read(reading);
    } else {
      // Never hashed and of no use: it is left out of what is stored.
      unsigned = null;
      reading.skip(token);
    }
  }

  private void incompatibility(String what) {
    if (incompatibility == null) {
      incompatibility = what;
    }
  }

  private MalformedEventException malformed(String what) {
    return new MalformedEventException(eventId, what);
  }

  String eventId() {
    return eventId;
  }

  RoomVersion version() {
    return version;
  }

  JsonSlices members() {
    return members;
  }

  JsonSlices content() {
    return content;
  }

  JsonSlices unsigned() {
    return unsigned;
  }

  String source() {
    return reading.source();
  }

  String roomId() {
    return isCreateEvent() && version.isRoomNamedAfterCreateEvent()
        ? "!" + eventId.substring(1)
        : roomId;
  }

  String type() {
    return type;
  }

  String sender() {
    return sender;
  }

  String stateKey() {
    return stateKey;
  }

  long depth() {
    return depth;
  }

  long originServerTs() {
    return originServerTs;
  }

  List<String> prevEvents() {
    return prevEvents;
  }

  List<String> authEvents() {
    return authEvents;
  }

  String incompatibility() {
    return incompatibility;
  }
}

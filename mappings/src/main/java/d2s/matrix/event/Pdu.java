package d2s.matrix.event;

import d2s.matrix.json.JsonSlices;
import d2s.matrix.json.JsonValues;
import d2s.matrix.json.PostgresText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One event of a room, as servers exchange it (a "persistent data unit"), read from the text that
 * Dendrite stored.
 *
 * <p>Immutable. The text is read once and its members are kept as slices of it, so that what is
 * written again is the same byte for byte. Whatever is asked rarely is computed when it is asked.
 */
public final class Pdu {

  private static final String CREATE = "m.room.create";
  private static final String MEMBER = "m.room.member";
  private static final String REDACTION = "m.room.redaction";

  private final String source;
  private final String eventId;
  private final RoomVersion roomVersion;
  private final JsonSlices members;
  private final JsonSlices content;
  private final JsonSlices unsigned;
  private final String roomId;
  private final String type;
  private final String sender;
  private final String stateKey;
  private final long depth;
  private final long originServerTs;
  private final List<String> prevEvents;
  private final List<String> authEvents;
  private final String foundIncompatibility;

  private EventRelation relation;
  private Map<String, Object> contentValues;

  Pdu(PduParser parsed) {
    this.source = parsed.source();
    this.eventId = parsed.eventId();
    this.roomVersion = parsed.version();
    this.members = parsed.members();
    this.content = parsed.content();
    this.unsigned = parsed.unsigned();
    this.roomId = parsed.roomId();
    this.type = parsed.type();
    this.sender = parsed.sender();
    this.stateKey = parsed.stateKey();
    this.depth = parsed.depth();
    this.originServerTs = parsed.originServerTs();
    this.prevEvents = parsed.prevEvents();
    this.authEvents = parsed.authEvents();
    this.foundIncompatibility = parsed.incompatibility();
  }

  /**
   * Reads an event.
   *
   * @param json the event as Dendrite stores it in {@code roomserver_event_json.event_json}
   * @param eventId the id of the row, not of the JSON: from room version 3 on it is not in there
   * @throws MalformedEventException if the text is not an event
   */
  public static Pdu parse(String json, String eventId, RoomVersion version) {
    if (eventId == null || !eventId.startsWith("$")) {
      throw new MalformedEventException(eventId, "has an id that does not start with $");
    }
    return PduParser.parse(json, eventId, version);
  }

  /** The id of the row that the event was read from. */
  public String getEventId() {
    return eventId;
  }

  public RoomVersion getRoomVersion() {
    return roomVersion;
  }

  /** Synapse's {@code event_json.format_version}. */
  public int getFormatVersion() {
    return roomVersion.getFormatVersion();
  }

  /** The room; of a create event of version 12 the event id with ! instead of $. */
  public String getRoomId() {
    return roomId;
  }

  public String getType() {
    return type;
  }

  /** The state key, which may be empty; null if this is no state event. */
  public String getStateKey() {
    return stateKey;
  }

  public boolean isState() {
    return stateKey != null;
  }

  /** Whether this is the event that a room begins with. */
  public boolean isCreate() {
    return type.equals(CREATE) && "".equals(stateKey);
  }

  public String getSender() {
    return sender;
  }

  public long getDepth() {
    return depth;
  }

  /** The depth, from room version 6 on at most 2^53-1, as Synapse orders by it. */
  public long getTopologicalOrdering() {
    return roomVersion.isDepthCapped() ? Math.min(depth, RoomVersion.LARGEST_INTEGER) : depth;
  }

  /** Milliseconds since 1970, as the sending server says. */
  public long getOriginServerTs() {
    return originServerTs;
  }

  /** The ids of the events before this one, each once. */
  public List<String> getPrevEvents() {
    return prevEvents;
  }

  /** The ids of the events that allow this one, each once, as far as the event names them. */
  public List<String> getAuthEvents() {
    return authEvents;
  }

  /**
   * The ids of the events that allow this one, each once. From room version 12 on every event but
   * the create event has an implied one that it does not name: the create event. Synapse keeps the
   * edge to it for state events, and the auth chain cover needs it.
   */
  public List<String> getAllAuthEvents() {
    if (!roomVersion.isRoomNamedAfterCreateEvent() || isCreate()) {
      return authEvents;
    }
    String create = "$" + roomId.substring(1);
    if (authEvents.contains(create)) {
      return authEvents;
    }
    List<String> all = new ArrayList<>(authEvents.size() + 1);
    all.addAll(authEvents);
    all.add(create);
    return List.copyOf(all);
  }

  /**
   * The content as read-only values: integers are {@link Long} or {@link java.math.BigInteger},
   * other numbers {@link java.math.BigDecimal}.
   */
  public Map<String, Object> getContent() {
    if (contentValues == null) {
      contentValues = contentMap();
    }
    return contentValues;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> contentMap() {
    return (Map<String, Object>) JsonValues.of(members.raw("content"));
  }

  /**
   * A string of the content that a {@code text} column can hold.
   *
   * @return null if there is no such member, if it is no string, or if it holds U+0000 or half of a
   *     surrogate pair
   */
  public String text(String contentMember) {
    return PostgresText.orNull(content.text(contentMember));
  }

  /** {@code membership} of a member event; null for other events. */
  public String getMembership() {
    return isMember() ? text("membership") : null;
  }

  /** The display name in a member event, null where Synapse would not store it. */
  public String getDisplayName() {
    return isMember() ? text("displayname") : null;
  }

  /** The avatar in a member event, null where Synapse would not store it. */
  public String getAvatarUrl() {
    return isMember() ? text("avatar_url") : null;
  }

  private boolean isMember() {
    return type.equals(MEMBER) && stateKey != null;
  }

  /**
   * The id of the event that a redaction is for, from where the room version has it: at the top
   * level up to version 10, in the content from version 11 on. Dendrite writes both, but Synapse
   * reads one. Null for other events.
   */
  public String getRedacts() {
    if (!type.equals(REDACTION)) {
      return null;
    }
    JsonSlices place = roomVersion.isRedactsInContent() ? content : members;
    return PostgresText.orNull(place.text("redacts"));
  }

  /** {@code m.relates_to.rel_type}; null if the event has no relation that Synapse would keep. */
  public String getRelationType() {
    return relation().type();
  }

  /** The id of the event that this one relates to; null with {@link #getRelationType}. */
  public String getRelatesTo() {
    return relation().eventId();
  }

  /** The key of an annotation, e.g. an emoji; else null. */
  public String getAggregationKey() {
    return relation().key();
  }

  private EventRelation relation() {
    if (relation == null) {
      relation = EventRelation.of(content);
    }
    return relation;
  }

  /** Whether the content has a {@code url} that is a string. */
  public boolean isContainsUrl() {
    return content.kind("url") == '"';
  }

  /** The labels of the event (MSC2326), each once; usually none. */
  public List<String> getLabels() {
    if (content.kind("org.matrix.labels") != '[') {
      return List.of();
    }
    List<?> labels = (List<?>) JsonValues.of(content.raw("org.matrix.labels"));
    return labels.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(label -> PostgresText.defect(label) == null)
        .distinct()
        .toList();
  }

  /** When a message wants to be deleted (MSC2228), in milliseconds since 1970; null if never. */
  public Long getExpiry() {
    int index = stateKey == null ? content.indexOf("org.matrix.self_destruct_after") : -1;
    if (index < 0 || !content.isInteger(index)) {
      return null;
    }
    Object expiry = JsonValues.of(content.raw("org.matrix.self_destruct_after"));
    return expiry instanceof Long ? (Long) expiry : null;
  }

  /** The event for {@code event_json.json}: what is hashed is byte for byte what Dendrite has. */
  public String getStoredJson() {
    return StoredJson.of(this);
  }

  /**
   * The event as a redaction leaves it. It has the same id, and redacting it again changes nothing.
   */
  public Pdu redacted() {
    return PduParser.parse(StoredJson.redacted(this), eventId, roomVersion);
  }

  /**
   * Whether the id of the row is the one that Synapse will compute when it reads the event. If not,
   * Synapse fails every request that touches the event.
   */
  public boolean isEventIdCorrect() {
    return EventId.of(this).equals(eventId);
  }

  /** Whether Synapse could hold and read this event, see {@link #getIncompatibility}. */
  public boolean isStorable() {
    return getIncompatibility() == null;
  }

  /**
   * Why Synapse could not hold or read this event, as the end of the sentence "the event ..."; null
   * if it can. The id is not checked, see {@link #isEventIdCorrect}.
   */
  public String getIncompatibility() {
    if (foundIncompatibility != null) {
      return foundIncompatibility;
    }
    if (source.indexOf('\\') >= 0) {
      String defect = textDefect();
      if (defect != null) {
        return defect;
      }
    }
    if (!roomVersion.isKnownToSynapse()) {
      return "is in a room of version "
          + roomVersion.getIdentifier()
          + ", which Synapse does not know";
    }
    if (roomVersion.isRoomNamedAfterCreateEvent()
        && !isCreate()
        && authEvents.contains("$" + roomId.substring(1))) {
      return "names the create event as an auth event, which room version 12 forbids";
    }
    if (stateKey != null && type.equals("m.room.member") && !isUserId(stateKey)) {
      return "is the membership of somebody who has no user id";
    }
    return null;
  }

  /** Synapse takes the server of every member from their id, and without one serves no other. */
  private static boolean isUserId(String text) {
    return text.startsWith("@") && text.indexOf(':') > 0;
  }

  private String textDefect() {
    String defect = defect("room id", roomId);
    defect = defect != null ? defect : defect("type", type);
    defect = defect != null ? defect : defect("sender", sender);
    defect = defect != null ? defect : defect("state key", stateKey);
    for (String id : prevEvents) {
      defect = defect != null ? defect : defect("previous event id", id);
    }
    for (String id : authEvents) {
      defect = defect != null ? defect : defect("auth event id", id);
    }
    if (defect == null && PostgresText.escapesHalfAPair(getStoredJson())) {
      defect = "holds half of a surrogate pair, which Synapse cannot read";
    }
    return defect;
  }

  private static String defect(String what, String text) {
    String defect = text == null ? null : PostgresText.defect(text);
    return defect == null ? null : "has " + defect + " in its " + what;
  }

  public String source() {
    return source;
  }

  public JsonSlices members() {
    return members;
  }

  public JsonSlices content() {
    return content;
  }

  public JsonSlices unsigned() {
    return unsigned;
  }

  /** The id only: the rest is private. */
  @Override
  public String toString() {
    return eventId;
  }
}

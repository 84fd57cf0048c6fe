package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.json.RandomJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any event of any room version. */
class PduPropertyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> TYPES =
      List.of(
          "m.room.create",
          "m.room.member",
          "m.room.power_levels",
          "m.room.join_rules",
          "m.room.aliases",
          "m.room.history_visibility",
          "m.room.redaction",
          "m.room.message");

  private static final List<String> CONTENT =
      List.of(
          "creator",
          "membership",
          "third_party_invite",
          "join_authorised_via_users_server",
          "join_rule",
          "allow",
          "aliases",
          "history_visibility",
          "redacts",
          "users",
          "ban",
          "invite",
          "body",
          "m.relates_to");

  private static final List<String> OTHER_MEMBERS =
      List.of("origin", "membership", "prev_state", "redacts", "age_ts", "extra");

  @Provide
  Arbitrary<Map<String, Object>> events() {
    Arbitrary<Map<String, Object>> content =
        Arbitraries.maps(
                Arbitraries.oneOf(Arbitraries.of(CONTENT), RandomJson.strings()),
                RandomJson.values())
            .ofMaxSize(6);
    Arbitrary<Map<String, Object>> others =
        Arbitraries.maps(Arbitraries.of(OTHER_MEMBERS), RandomJson.values()).ofMaxSize(4);
    Arbitrary<Map<String, Object>> unsigned =
        Arbitraries.maps(
                Arbitraries.of("age_ts", "replaces_state", "invite_room_state", "redacted_because"),
                RandomJson.values())
            .ofMaxSize(3);
    return Combinators.combine(
            Arbitraries.of(TYPES),
            Arbitraries.of("", "@a:b").injectNull(0.3),
            content,
            others,
            unsigned.injectNull(0.5))
        .as(PduPropertyTest::event);
  }

  private static Map<String, Object> event(
      String type,
      String stateKey,
      Map<String, Object> content,
      Map<String, Object> others,
      Map<String, Object> unsigned) {
    Map<String, Object> event = new LinkedHashMap<>(others);
    event.put("type", type);
    event.put("content", content);
    event.put("sender", "@a:b");
    event.put("room_id", "!r");
    event.put("depth", 5L);
    event.put("origin_server_ts", 6L);
    event.put("prev_events", List.of());
    event.put("auth_events", List.of());
    event.put("hashes", Map.of("sha256", "x"));
    event.put("signatures", Map.of("b", Map.of("k", "s")));
    if (stateKey != null) {
      event.put("state_key", stateKey);
    }
    if (unsigned != null) {
      event.put("unsigned", unsigned);
    }
    return event;
  }

  private static Pdu parse(Map<String, Object> event, RoomVersion version, Random random) {
    Map<String, Object> members = new LinkedHashMap<>(event);
    if (version.isEventIdAssigned()) {
      members.put("event_id", "$id");
    }
    return Pdu.parse(RandomJson.write(members, random), "$id", version);
  }

  @Property(tries = 300)
  void storedEventIsTheEvent(
      @ForAll("events") Map<String, Object> event,
      @ForAll RoomVersion version,
      @ForAll Random random)
      throws Exception {
    Pdu pdu = parse(event, version, random);

    ObjectNode before = (ObjectNode) MAPPER.readTree(pdu.source());
    ObjectNode after = (ObjectNode) MAPPER.readTree(pdu.getStoredJson());
    before.remove("unsigned");
    after.remove("unsigned");
    if (pdu.isCreate() && version.isRoomNamedAfterCreateEvent()) {
      before.remove("room_id");
    }
    assertThat(after).isEqualTo(before);
    Pdu again = Pdu.parse(pdu.getStoredJson(), "$id", version);
    assertThat(again.getStoredJson()).isEqualTo(pdu.getStoredJson());
    assertThat(EventId.of(again)).isEqualTo(EventId.of(pdu));
  }

  @Property(tries = 300)
  void redactionKeepsTheIdAndHappensOnce(
      @ForAll("events") Map<String, Object> event,
      @ForAll RoomVersion version,
      @ForAll Random random) {
    Pdu pdu = parse(event, version, random);

    Pdu redacted = pdu.redacted();

    assertThat(EventId.of(redacted)).isEqualTo(EventId.of(pdu));
    assertThat(redacted.redacted().getStoredJson()).isEqualTo(redacted.getStoredJson());
  }

  @Property(tries = 300)
  void redactionOnlyTakesAway(
      @ForAll("events") Map<String, Object> event,
      @ForAll RoomVersion version,
      @ForAll Random random)
      throws Exception {
    Pdu pdu = parse(event, version, random);

    JsonNode before = MAPPER.readTree(pdu.getStoredJson());
    JsonNode after = MAPPER.readTree(pdu.redacted().getStoredJson());

    assertThat(isPartOf(after, before)).isTrue();
    assertThat(after.get("content").has("body"))
        .isEqualTo(
            before.get("content").has("body")
                && pdu.getType().equals("m.room.create")
                && version.isRedactsInContent());
  }

  private static boolean isPartOf(JsonNode part, JsonNode whole) {
    if (!part.isObject() || !whole.isObject()) {
      return part.equals(whole);
    }
    return part.properties().stream()
        .allMatch(
            member ->
                whole.has(member.getKey())
                    && isPartOf(member.getValue(), whole.get(member.getKey())));
  }

  @Property(tries = 300)
  void idDoesNotDependOnHowTheTextIsWritten(
      @ForAll("events") Map<String, Object> event,
      @ForAll RoomVersion version,
      @ForAll Random one,
      @ForAll Random other) {
    assertThat(EventId.of(parse(event, version, one)))
        .isEqualTo(EventId.of(parse(event, version, other)));
    assertThat(parse(event, version, one).getContent())
        .isEqualTo(parse(event, version, other).getContent());
  }
}

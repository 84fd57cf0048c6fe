package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.function.TextFunctions;
import d2s.matrix.json.HostileText;
import d2s.matrix.json.RandomJson;
import d2s.matrix.server.SearchFunctions;
import d2s.matrix.server.ServerFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever stands where an event is meant, it is refused with a reason or gives storable values.
 */
class HostileEventPropertyTest {

  private static final List<String> MEMBERS =
      List.of(
          "auth_events",
          "content",
          "depth",
          "hashes",
          "origin_server_ts",
          "prev_events",
          "room_id",
          "sender",
          "signatures",
          "type",
          "state_key",
          "unsigned",
          "redacts",
          "event_id");

  private static final List<String> CONTENT =
      List.of(
          "membership",
          "displayname",
          "avatar_url",
          "m.relates_to",
          "org.matrix.labels",
          "org.matrix.self_destruct_after",
          "body",
          "topic",
          "m.topic",
          "name",
          "url",
          "min_lifetime",
          "max_lifetime",
          "redacts",
          "room_version",
          "creator");

  private static final List<String> TYPES =
      List.of(
          "m.room.create",
          "m.room.member",
          "m.room.message",
          "m.room.name",
          "m.room.topic",
          "m.room.redaction",
          "m.room.retention",
          "m.reaction");

  private final SearchFunctions search = new SearchFunctions();
  private final ServerFunctions server = new ServerFunctions();
  private final MatrixFunctions matrix = new MatrixFunctions();

  @Property(tries = 3_000)
  void anEventIsRefusedWithAReasonOrAllOfItIsStorable(
      @ForAll("events") String json, @ForAll RoomVersion version) {
    Pdu pdu;
    try {
      pdu = Pdu.parse(json, "$id", version);
    } catch (MalformedEventException e) {
      assertThat(e).hasMessageStartingWith("event $id ");
      return;
    }
    if (!pdu.isStorable()) {
      assertThat(pdu.getIncompatibility()).isNotBlank();
      return;
    }
    List<String> texts = new ArrayList<>();
    texts.add(pdu.getType());
    texts.add(pdu.getStateKey());
    texts.add(pdu.getSender());
    texts.add(pdu.getRoomId());
    texts.add(pdu.getMembership());
    texts.add(pdu.getDisplayName());
    texts.add(pdu.getAvatarUrl());
    texts.add(pdu.getRelatesTo());
    texts.add(pdu.getRelationType());
    texts.add(pdu.getAggregationKey());
    texts.add(pdu.getRedacts());
    texts.addAll(pdu.getLabels());
    texts.addAll(pdu.getPrevEvents());
    texts.addAll(pdu.getAllAuthEvents());
    texts.add(matrix.storedJson(pdu, "$replaced"));
    texts.add(pdu.redacted().getStoredJson());
    texts.add(search.key(pdu) == null ? null : search.text(pdu));
    assertThat(texts).allMatch(text -> text == null || TextFunctions.isStorable(text));
    pdu.getExpiry();
    pdu.isContainsUrl();
    pdu.isEventIdCorrect();
    if (server.isRetention(pdu)) {
      server.lifetime(pdu, "min_lifetime");
      server.lifetime(pdu, "max_lifetime");
    }
  }

  /** What rooms_to_carry asks of each room: a damaged one is left out, and no other. */
  @Property(tries = 1_000)
  void aRoomIsCarriedOrNot(@ForAll("events") String json, @ForAll("versions") String version) {
    try {
      matrix.carriedVersion("!room:example.org", version, "$id", json, false, false, true);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("java.");
    }
  }

  @Provide
  Arbitrary<String> versions() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "1", "10", "12", "org.matrix.msc4014", "\0"), Arbitraries.strings());
  }

  @Provide
  Arbitrary<String> events() {
    Arbitrary<Map<String, Object>> content =
        Arbitraries.maps(Arbitraries.of(CONTENT), RandomJson.values()).ofMaxSize(5);
    Arbitrary<Map<String, Object>> odd =
        Arbitraries.maps(Arbitraries.of(MEMBERS), RandomJson.values()).ofMaxSize(2);
    Arbitrary<Map<String, Object>> events =
        Combinators.combine(
                Arbitraries.of(TYPES),
                Arbitraries.of("", "@a:b", "nobody").injectNull(0.3),
                content,
                odd)
            .as(PduEvents::event);
    return HostileText.jsonLike(events);
  }
}

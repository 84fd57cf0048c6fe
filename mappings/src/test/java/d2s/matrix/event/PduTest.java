package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PduTest {

  @Test
  void readsWhatEveryEventHas() {
    EventVector vector = EventVector.recorded(RoomVersion.V10, "join");

    assertThat(vector.pdu())
        .returns(vector.eventId(), Pdu::getEventId)
        .returns(RoomVersion.V10, Pdu::getRoomVersion)
        .returns(3, Pdu::getFormatVersion)
        .returns("m.room.member", Pdu::getType)
        .returns(true, Pdu::isState)
        .returns("join", Pdu::getMembership);
    assertThat(vector.pdu().getStateKey()).isEqualTo(vector.pdu().getSender()).startsWith("@");
    assertThat(vector.pdu().getRoomId()).startsWith("!");
  }

  @Test
  void readsNumbersAndEdges() {
    assertThat(EventText.parse(EventText.message()))
        .returns(3L, Pdu::getDepth)
        .returns(3L, Pdu::getTopologicalOrdering)
        .returns(1700000000000L, Pdu::getOriginServerTs)
        .returns(List.of("$p"), Pdu::getPrevEvents)
        .returns(List.of("$a"), Pdu::getAuthEvents)
        .returns(List.of("$a"), Pdu::getAllAuthEvents)
        .returns(null, Pdu::getStateKey)
        .returns(false, Pdu::isState)
        .returns(false, Pdu::isCreate);
  }

  @Test
  void readsIdsOutOfThePairsOfOldRoomVersions() {
    Pdu pdu = EventVector.recorded(RoomVersion.V1, "message").pdu();

    assertThat(pdu.getPrevEvents()).isNotEmpty().allMatch(id -> id.startsWith("$"));
    assertThat(pdu.getAuthEvents()).isNotEmpty().allMatch(id -> id.startsWith("$"));
  }

  @Test
  void namesEachEdgeOnce() {
    Pdu pdu = EventText.parse(EventText.with("prev_events", "[\"$p\",\"$q\",\"$p\"]"));

    assertThat(pdu.getPrevEvents()).containsExactly("$p", "$q");
  }

  @Test
  void namesARoomOfVersion12AfterItsCreateEvent() {
    EventVector create = EventVector.recorded(RoomVersion.V12, "create");
    Pdu join = EventVector.recorded(RoomVersion.V12, "join").pdu();

    assertThat(create.json()).doesNotContain("\"room_id\"");
    assertThat(create.pdu().getRoomId()).isEqualTo("!" + create.eventId().substring(1));
    assertThat(create.pdu().getAllAuthEvents()).isEmpty();
    assertThat(join.getRoomId()).isEqualTo(create.pdu().getRoomId());
  }

  @Test
  void addsTheCreateEventThatVersion12ImpliesToTheAuthEvents() {
    EventVector create = EventVector.recorded(RoomVersion.V12, "create");
    Pdu power = EventVector.recorded(RoomVersion.V12, "power levels").pdu();

    assertThat(power.getAuthEvents()).doesNotContain(create.eventId());
    assertThat(power.getAllAuthEvents())
        .containsAll(power.getAuthEvents())
        .endsWith(create.eventId())
        .hasSize(power.getAuthEvents().size() + 1);
  }

  @Test
  void capsTheOrderingWhereSynapseDoes() {
    String json = EventText.with("depth", "9223372036854775807");

    assertThat(Pdu.parse(json, "$id", RoomVersion.V6))
        .returns(Long.MAX_VALUE, Pdu::getDepth)
        .returns((1L << 53) - 1, Pdu::getTopologicalOrdering);
    assertThat(Pdu.parse(json, "$id", RoomVersion.V5))
        .returns(Long.MAX_VALUE, Pdu::getTopologicalOrdering);
  }

  @Test
  void givesTheContentAsReadOnlyValues() {
    String content =
        """
        {"i":1,"big":1152921504606846976000,"f":1.50,"t":true,"n":null,"l":["a",{"b":[]}],"s":"\\u0000é"}""";

    Map<String, Object> read =
        EventText.parse(EventText.event("m.room.message", null, content)).getContent();

    assertThat(read)
        .containsExactly(
            entry("i", 1L),
            entry("big", new BigInteger("1152921504606846976000")),
            entry("f", new BigDecimal("1.50")),
            entry("t", true),
            entry("n", null),
            entry("l", List.of("a", Map.of("b", List.of()))),
            entry("s", "\0é"));
    assertThat(read).isUnmodifiable();
  }

  @Test
  void takesTheLastOfMembersWithTheSameName() {
    String json = EventText.and("sender", "\"@bob:example.org\"");

    Pdu pdu = EventText.parse(json);

    assertThat(pdu.getSender()).isEqualTo("@bob:example.org");
    assertThat(pdu.getStoredJson()).contains("@bob:example.org").doesNotContain("@alice");
  }

  @Test
  void cleansNamesThatPostgresCannotHold() {
    String content =
        "{\"membership\":\"join\",\"displayname\":\"a\\u0000b\",\"avatar_url\":\"x\\ud83d\"}";

    assertThat(EventText.parse(EventText.event("m.room.member", "@a:b", content)))
        .returns("join", Pdu::getMembership)
        .returns(null, Pdu::getDisplayName)
        .returns(null, Pdu::getAvatarUrl);
  }

  @Test
  void readsNamesWithEscapes() {
    String content = "{\"displayname\":\"A \\\"\\ud83d\\ude00\\u00e9\\\"\",\"avatar_url\":7}";

    assertThat(EventText.parse(EventText.event("m.room.member", "@a:b", content)))
        .returns(null, Pdu::getMembership)
        .returns("A \"😀é\"", Pdu::getDisplayName)
        .returns(null, Pdu::getAvatarUrl);
  }

  @Test
  void readsMembershipOfMemberEventsOnly() {
    String content = "{\"membership\":\"join\",\"displayname\":\"A\"}";

    assertThat(EventText.parse(EventText.event("org.example", "@a:b", content)))
        .returns(null, Pdu::getMembership)
        .returns(null, Pdu::getDisplayName);
    assertThat(EventText.parse(EventText.event("m.room.member", null, content)))
        .returns(null, Pdu::getMembership);
  }

  @Test
  void readsTheTargetOfARedactionWhereTheVersionHasIt() {
    String json =
        EventText.event("m.room.redaction", null, "{\"redacts\":\"$content\"}")
            .replace("\"type\"", "\"redacts\":\"$top\",\"type\"");

    assertThat(Pdu.parse(json, "$id", RoomVersion.V10).getRedacts()).isEqualTo("$top");
    assertThat(Pdu.parse(json, "$id", RoomVersion.V11).getRedacts()).isEqualTo("$content");
    assertThat(
            Pdu.parse(json.replace("m.room.redaction", "x"), "$id", RoomVersion.V11).getRedacts())
        .isNull();
  }

  @Test
  void readsRelations() {
    assertThat(EventVector.recorded(RoomVersion.V10, "reaction").pdu())
        .returns("m.annotation", Pdu::getRelationType)
        .satisfies(pdu -> assertThat(pdu.getRelatesTo()).startsWith("$"))
        .satisfies(pdu -> assertThat(pdu.getAggregationKey()).isNotEmpty());
    assertThat(EventVector.recorded(RoomVersion.V10, "thread").pdu())
        .returns("m.thread", Pdu::getRelationType)
        .returns(null, Pdu::getAggregationKey);
    assertThat(EventVector.recorded(RoomVersion.V10, "edit").pdu())
        .returns("m.replace", Pdu::getRelationType);
  }

  @Test
  void seesNoRelationInABareReply() {
    assertThat(EventVector.recorded(RoomVersion.V10, "reply").pdu())
        .returns(null, Pdu::getRelationType)
        .returns(null, Pdu::getRelatesTo);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"rel_type\":\"m.thread\"}",
        "{\"event_id\":\"$e\"}",
        "{\"rel_type\":1,\"event_id\":\"$e\"}",
        "{\"rel_type\":\"m.thread\",\"event_id\":null}",
        "{\"rel_type\":\"m.thread\",\"event_id\":\"$\\u0000\"}",
        "{\"rel_type\":\"m.annotation\",\"event_id\":\"$e\",\"key\":\"\\u0000\"}"
      })
  void seesNoRelationThatSynapseWouldNotKeep(String relatesTo) {
    String content = "{\"m.relates_to\":" + relatesTo + "}";

    assertThat(EventText.parse(EventText.event("m.room.message", null, content)))
        .returns(null, Pdu::getRelationType)
        .returns(null, Pdu::getRelatesTo)
        .returns(null, Pdu::getAggregationKey);
  }

  @Test
  void keepsAnAnnotationWithoutAKey() {
    String content =
        "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$e\",\"key\":1}}";

    assertThat(EventText.parse(EventText.event("m.reaction", null, content)))
        .returns("m.annotation", Pdu::getRelationType)
        .returns("$e", Pdu::getRelatesTo)
        .returns(null, Pdu::getAggregationKey);
  }

  @Test
  void seesWhetherTheContentHasAUrl() {
    assertThat(EventVector.recorded(RoomVersion.V10, "image").pdu().isContainsUrl()).isTrue();
    assertThat(EventText.parse(EventText.event("m.room.message", null, "{\"url\":1}")))
        .returns(false, Pdu::isContainsUrl);
  }

  @Test
  void readsLabelsAndExpiry() {
    String content =
        """
        {"org.matrix.labels":["#a","#a",1,"#\\u0000","#b"],"org.matrix.self_destruct_after":1800000000000}""";

    assertThat(EventText.parse(EventText.event("m.room.message", null, content)))
        .returns(List.of("#a", "#b"), Pdu::getLabels)
        .returns(1800000000000L, Pdu::getExpiry);
    assertThat(EventText.parse(EventText.event("m.room.topic", "", content)))
        .returns(null, Pdu::getExpiry);
    assertThat(
            EventText.parse(
                EventText.event(
                    "x",
                    null,
                    "{\"org.matrix.labels\":\"#a\",\"org.matrix.self_destruct_after\":1.5}")))
        .returns(List.of(), Pdu::getLabels)
        .returns(null, Pdu::getExpiry);
  }

  @Test
  void showsNoContentAsText() {
    assertThat(EventText.parse(EventText.event("x", null, "{\"body\":\"secret\"}")))
        .hasToString("$id");
  }
}

package d2s.matrix.event;

import d2s.matrix.json.JsonSlices;
import d2s.matrix.json.PostgresText;

/**
 * How an event relates to another one, as Synapse keeps it in {@code event_relations}.
 *
 * @param type {@code m.relates_to.rel_type}
 * @param eventId {@code m.relates_to.event_id}
 * @param key {@code m.relates_to.key} of an annotation, else null
 */
record EventRelation(String type, String eventId, String key) {

  /** No relation, or one that Synapse would not keep: a bare reply, or a member of a wrong type. */
  static final EventRelation NONE = new EventRelation(null, null, null);

  static EventRelation of(JsonSlices content) {
    JsonSlices relatesTo = content.object("m.relates_to");
    if (relatesTo == null) {
      return NONE;
    }
    String type = relatesTo.text("rel_type");
    String eventId = relatesTo.text("event_id");
    String key = "m.annotation".equals(type) ? relatesTo.text("key") : null;
    if (type == null || eventId == null) {
      return NONE;
    }
    boolean storable =
        PostgresText.defect(type) == null
            && PostgresText.defect(eventId) == null
            && (key == null || PostgresText.defect(key) == null);
    return storable ? new EventRelation(type, eventId, key) : NONE;
  }
}

package d2s.matrix.verification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The members of an event's JSON as Synapse reads them, apart from what is hashed. */
public final class EventJson {

  /**
   * Neither server reads a text that goes on after its JSON. Strangers choose the names of members:
   * long ones, and many with one hash.
   */
  private static final ObjectMapper READER =
      new ObjectMapper(
              new JsonFactoryBuilder()
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(5_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private EventJson() {}

  /** The object, or null if the text is not one. */
  public static ObjectNode read(String json) {
    try {
      return READER.readTree(json) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** A member that is a string, or null. */
  public static String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isTextual() ? value.textValue() : null;
  }

  /** As {@link #text}, but null also for a string that PostgreSQL cannot hold. */
  public static String storable(JsonNode object, String member) {
    String text = text(object, member);
    return text == null || text.indexOf('\0') >= 0 ? null : text;
  }

  /**
   * The ids in {@code prev_events} or {@code auth_events}, each once; pairs in versions 1 and 2.
   */
  public static List<String> references(JsonNode event, String member) {
    List<String> ids = new ArrayList<>();
    for (JsonNode reference : event.path(member)) {
      String id = (reference.isArray() ? reference.path(0) : reference).asText();
      if (!ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }
}

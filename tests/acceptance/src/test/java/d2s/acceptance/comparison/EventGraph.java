package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Dendrite's own database says about its events, for the rules that need more than an answer
 * of the API tells: which event comes before which, and who may see it.
 */
public final class EventGraph {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Dendrite's numbers for the visibility of an event: 1 world readable, 2 shared. */
  private static final int WORLD_READABLE = 1;

  private static final Set<Integer> OPEN_TO_MEMBERS = Set.of(WORLD_READABLE, 2);

  private final Map<String, Node> nodes = new HashMap<>();

  /**
   * An event.
   *
   * @param parents its prev events
   * @param visibility Dendrite's number for the history visibility before the event; 0 if the event
   *     never came down /sync
   * @param type event type
   * @param stateKey state key; null if it is no state event
   * @param redacts the event it redacts; null if it redacts none
   * @param membership the membership it says; null for other events
   * @param roomVersion version of its room; 0 if that is no number
   */
  public record Node(
      List<String> parents,
      long depth,
      int visibility,
      String type,
      String stateKey,
      String redacts,
      String sender,
      String membership,
      int roomVersion) {

    /** True if anybody at all might see the event. */
    boolean isWorldReadable() {
      return visibility == WORLD_READABLE;
    }

    /** True if the event changes who may see the history. */
    boolean changesVisibility() {
      return type.equals("m.room.history_visibility") && stateKey != null;
    }

    /** True for a member event with this membership. */
    boolean isMembership(String wanted) {
      return type.equals("m.room.member") && wanted.equals(membership);
    }
  }

  /** Reads the events of a Dendrite database. */
  public static EventGraph read(Connection dendrite) throws SQLException {
    return read(dendrite, dendrite);
  }

  /**
   * Reads the events of a Dendrite that may have several databases.
   *
   * @param rooms to the tables of its room server
   * @param sync to those of its sync component
   */
  public static EventGraph read(Connection rooms, Connection sync) throws SQLException {
    Map<String, Integer> visibilities = new HashMap<>();
    try (Statement statement = sync.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT event_id, coalesce(history_visibility, 0)"
                    + " FROM syncapi_output_room_events")) {
      while (rows.next()) {
        visibilities.put(rows.getString(1), rows.getInt(2));
      }
    }
    EventGraph graph = new EventGraph();
    try (Statement statement = rooms.createStatement();
        ResultSet events =
            statement.executeQuery(
                "SELECT event_id, event_json, room_version"
                    + " FROM roomserver_events JOIN roomserver_event_json USING (event_nid)"
                    + " JOIN roomserver_rooms USING (room_nid)")) {
      while (events.next()) {
        String version = events.getString(3);
        graph.nodes.put(
            events.getString(1),
            node(
                JSON.readTree(events.getString(2)),
                visibilities.getOrDefault(events.getString(1), 0),
                version.matches("\\d+") ? Integer.parseInt(version) : 0));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an event of the recording is not JSON", e);
    }
    return graph;
  }

  /** The same graph with one more event. */
  public EventGraph with(String eventId, Node node) {
    EventGraph graph = new EventGraph();
    graph.nodes.putAll(nodes);
    graph.nodes.put(eventId, node);
    return graph;
  }

  /** The event; an empty one if Dendrite did not have it. */
  public Node node(String eventId) {
    return nodes.getOrDefault(eventId, new Node(List.of(), 0, 0, "", null, null, "", null, 0));
  }

  /** True if some redaction names the event. */
  boolean isRedacted(String eventId) {
    return nodes.values().stream().anyMatch(node -> eventId.equals(node.redacts()));
  }

  /** True if members may see the event even if they were not in the room when it was sent. */
  boolean isOpenToMembers(String eventId) {
    return OPEN_TO_MEMBERS.contains(node(eventId).visibility());
  }

  /**
   * True if no event stands before one of its ancestors, so that the order is one of the right
   * ones.
   *
   * @param eventIds oldest first
   */
  boolean isOrdered(List<String> eventIds) {
    Set<String> seen = new HashSet<>();
    Set<String> all = Set.copyOf(eventIds);
    for (String eventId : eventIds) {
      for (String ancestor : ancestors(eventId)) {
        if (all.contains(ancestor) && !seen.contains(ancestor)) {
          return false;
        }
      }
      seen.add(eventId);
    }
    return true;
  }

  /** True if both came down /sync and neither follows from the other. */
  boolean areConcurrent(String one, String other) {
    return node(one).visibility() != 0
        && node(other).visibility() != 0
        && !isAncestor(one, other)
        && !isAncestor(other, one);
  }

  /** True if the second event follows from the first. */
  public boolean isAncestor(String older, String younger) {
    return ancestors(younger).contains(older);
  }

  /** True if both are state events with the same type and state key. */
  public boolean areOfOneTuple(String one, String other) {
    return node(one).stateKey() != null
        && node(one).type().equals(node(other).type())
        && node(one).stateKey().equals(node(other).stateKey());
  }

  /**
   * True if some event but the first follows from none of those before it.
   *
   * @param eventIds oldest first
   */
  boolean hasGap(List<String> eventIds) {
    for (int i = 1; i < eventIds.size(); i++) {
      if (eventIds.subList(0, i).stream().noneMatch(ancestors(eventIds.get(i))::contains)) {
        return true;
      }
    }
    return false;
  }

  /** The membership of a user right before an event; null if there was none. */
  String membershipBefore(String eventId, String userId) {
    return ancestors(eventId).stream()
        .map(this::node)
        .filter(node -> node.membership() != null && userId.equals(node.stateKey()))
        .max(Comparator.comparingLong(Node::depth))
        .map(Node::membership)
        .orElse(null);
  }

  /** All events that the event follows from. */
  Set<String> ancestors(String eventId) {
    Set<String> ancestors = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(node(eventId).parents());
    while (!open.isEmpty()) {
      String ancestor = open.pop();
      if (ancestors.add(ancestor)) {
        open.addAll(node(ancestor).parents());
      }
    }
    return ancestors;
  }

  private static Node node(JsonNode event, int visibility, int roomVersion) {
    List<String> parents = new ArrayList<>();
    for (JsonNode parent : event.path("prev_events")) {
      // Room versions 1 and 2 give pairs of an ID and a hash.
      parents.add(parent.isArray() ? parent.get(0).asText() : parent.asText());
    }
    String redacts =
        event.path("redacts").asText(event.path("content").path("redacts").asText(null));
    return new Node(
        parents,
        event.path("depth").asLong(),
        visibility,
        event.path("type").asText(),
        event.path("state_key").asText(null),
        event.path("type").asText().equals("m.room.redaction") ? redacts : null,
        event.path("sender").asText(),
        event.path("content").path("membership").asText(null),
        roomVersion);
  }
}

package d2s.matrix.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.VerificationContext;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Why a row of Dendrite is rightly not in Synapse. */
final class Absence implements AutoCloseable {

  private final VerificationContext context;
  private final List<String> tables;
  private final Carried carried;
  private IndexedColumns indexes;

  /**
   * @param tables those of Synapse that a row fills
   */
  Absence(VerificationContext context, List<String> tables) throws SQLException {
    this.context = context;
    this.tables = tables;
    this.carried = new Carried(context);
  }

  /** The reason; null if the row should be there. See {@link SameRows#compare} for the columns. */
  String reason(ResultSet source) throws SQLException {
    ResultSetMetaData shape = source.getMetaData();
    Map<String, Integer> sizes = new HashMap<>();
    for (int column = 1; column <= shape.getColumnCount(); column++) {
      String value = source.getString(column);
      String name = shape.getColumnLabel(column);
      String reason = reason(name, value);
      if (reason != null) {
        return reason;
      }
      sizes.put(name, value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length);
    }
    return tooLong(sizes) ? "it is too long for an index of Synapse" : null;
  }

  private String reason(String name, String value) throws SQLException {
    return switch (name) {
      case "content" ->
          value == null || !ReadableJson.is(value)
              ? "its content is not JSON that Synapse can read"
              : null;
      case "message" ->
          value == null || isMessage(EventJson.read(value))
              ? null
              : "it has no sender, type or content, and no sync that has it would be answered";
      case "content_of_parent" ->
          value == null || !ReadableJson.is(value)
              ? "what it belongs to is not JSON that Synapse can read"
              : null;
      case "of_room" -> carried.hasRoom(value) ? null : "Synapse does not have its room";
      case "of_event" -> carried.hasEvent(value) ? null : "Synapse does not have its event";
      case "of_device" ->
          value == null || carried.hasDevice(value) ? null : "Synapse does not have its device";
      case "left_out" -> value;
      default -> null;
    };
  }

  private static boolean isMessage(ObjectNode message) {
    return message != null
        && message.path("sender").isTextual()
        && message.path("type").isTextual()
        && message.path("content").isObject();
  }

  /** The key holds whatever the row is found by, beside the columns that are there by name. */
  private boolean tooLong(Map<String, Integer> sizes) throws SQLException {
    if (indexes == null) {
      indexes = new IndexedColumns(context.target());
    }
    int key = sizes.getOrDefault("key", 0);
    return tables.stream().anyMatch(table -> indexes.cannotHold(table, sizes, key));
  }

  @Override
  public void close() throws SQLException {
    carried.close();
  }
}

package d2s.matrix;

import d2s.engine.extension.Functions;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import java.util.List;

/** The functions {@code matrix:...} of the mapping files. */
public final class MatrixFunctions implements Functions {

  @Override
  public String namespace() {
    return "matrix";
  }

  @Override
  public List<Class<?>> values() {
    return List.of(Pdu.class, RoomVersion.class);
  }

  /** The full user id, {@code @localpart:serverName}; null if a part is. */
  public String userId(String localpart, String serverName) {
    return localpart == null || serverName == null ? null : "@" + localpart + ":" + serverName;
  }

  /** The part of a user id or an alias between its first character and the first colon, or null. */
  public String localpart(String id) {
    int colon = colon(id);
    return colon < 1 ? null : id.substring(1, colon);
  }

  /**
   * The server in a user id, an alias or an older room id: all that follows the first colon, since
   * the name itself may hold more of them, in a port or an IPv6 address. Null if there is none, as
   * in the room ids of version 12.
   */
  public String domain(String id) {
    int colon = colon(id);
    return colon < 1 ? null : id.substring(colon + 1);
  }

  private static int colon(String id) {
    return id == null ? -1 : id.indexOf(':');
  }

  /** Whether an id belongs to the server of this name; false for null. */
  public boolean isLocal(String id, String serverName) {
    String domain = domain(id);
    return domain != null && domain.equals(serverName);
  }

  /** The room version, or null if it is one that neither server knows. */
  public RoomVersion roomVersion(String identifier) {
    return RoomVersion.of(identifier).orElse(null);
  }

  /**
   * Reads an event, see {@link Pdu}; null if there is no JSON.
   *
   * @throws MalformedEventException if the text is not an event, or the room version is unknown
   */
  public Pdu pdu(String json, String eventId, String roomVersion) {
    if (json == null) {
      return null;
    }
    RoomVersion version =
        RoomVersion.of(roomVersion)
            .orElseThrow(
                () ->
                    new MalformedEventException(
                        eventId, "is in a room of the unknown version " + roomVersion));
    return Pdu.parse(json, eventId, version);
  }
}

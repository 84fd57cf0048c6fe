package d2s.matrix.event;

import d2s.engine.extension.Functions;
import d2s.engine.function.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The functions {@code matrix:...} of the mapping files. */
public final class MatrixFunctions implements Functions {

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}([.][0-9]{1,3}){3}");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{0,40}");
  private static final Set<String> VERSIONS_12 = Set.of("12", "org.matrix.hydra.11");

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
   * The version that a room has in Synapse.
   *
   * @param columnVersion {@code roomserver_rooms.room_version}
   * @param createEventId the first create event that was not rejected; null if there is none
   * @param json its JSON; null if that is lost
   * @param redacted whether a redaction of it was applied
   * @param hasNoEvents whether the room is known only by an invite; then it needs no create event
   * @param knowsVersion12 false if this Synapse has no rooms of version 12; null where not known
   * @throws MalformedEventException if Synapse cannot have the room
   */
  public String carriedVersion(
      String roomId,
      String columnVersion,
      String createEventId,
      String json,
      boolean redacted,
      boolean hasNoEvents,
      Boolean knowsVersion12) {
    Optional<RoomVersion> version =
        createEventId == null && hasNoEvents
            ? RoomVersion.of(columnVersion).filter(RoomVersion::isKnownToSynapse)
            : createEventId == null || json == null
                ? Optional.empty()
                : CreateEvent.version(roomId, columnVersion, createEventId, json, redacted);
    return version
        .map(RoomVersion::getIdentifier)
        .filter(name -> !Boolean.FALSE.equals(knowsVersion12) || !VERSIONS_12.contains(name))
        .orElseThrow(() -> new MalformedEventException(createEventId, "begins no usable room"));
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

  /**
   * Reads an event and prunes what its room version removes from a redacted one; null if there is
   * no JSON.
   *
   * @throws MalformedEventException if the text is not an event, or the room version is unknown
   */
  public Pdu redactedPdu(String json, String eventId, String roomVersion) {
    Pdu pdu = pdu(json, eventId, roomVersion);
    return pdu == null ? null : pdu.redacted();
  }

  /**
   * The JSON of an event for Synapse.
   *
   * @param replaces the id of the state event that this one replaced; null if none
   */
  public String storedJson(Pdu pdu, String replaces) {
    String json = pdu.getStoredJson();
    return replaces == null ? json : ReplacedState.add(json, replaces);
  }

  /** What Synapse keeps beside an event that is no redaction, as JSON. */
  public String internalMetadata(
      boolean softFailed, boolean outOfBand, String deviceId, String transactionId) {
    return internalMetadata(softFailed, outOfBand, false, deviceId, transactionId);
  }

  /**
   * What Synapse keeps beside an event, as JSON.
   *
   * @param outOfBand a membership in a room that this server is not in
   * @param recheckRedaction a redaction that may be applied only if it comes from the server of the
   *     event that it redacts, which is not here yet
   * @param deviceId the local device that sent the event; null if unknown
   * @param transactionId the transaction id under which it was sent; null if unknown
   */
  public String internalMetadata(
      boolean softFailed,
      boolean outOfBand,
      boolean recheckRedaction,
      String deviceId,
      String transactionId) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (softFailed) {
      metadata.put("soft_failed", true);
    }
    if (outOfBand) {
      metadata.put("out_of_band_membership", true);
    }
    if (recheckRedaction) {
      metadata.put("recheck_redaction", true);
    }
    if (deviceId != null && transactionId != null) {
      metadata.put("device_id", deviceId);
      metadata.put("txn_id", transactionId);
    }
    // Most events have nothing in it.
    return metadata.isEmpty() ? "{}" : Json.write(metadata);
  }

  /**
   * The host of an address with or without a port; IPv6 addresses lose their brackets. Null for
   * what is no address: Matrix Authentication Service refuses a device with such a one.
   */
  public String host(String address) {
    String host = withoutPort(address);
    return host != null && (IPV4.matcher(host).matches() || IPV6.matcher(host).matches())
        ? host
        : null;
  }

  private static String withoutPort(String address) {
    if (address == null || address.isEmpty()) {
      return null;
    }
    if (address.startsWith("[")) {
      int end = address.indexOf(']');
      return end < 0 ? address : address.substring(1, end);
    }
    int colon = address.indexOf(':');
    // More than one colon without brackets is an IPv6 address without a port.
    return colon < 0 || address.indexOf(':', colon + 1) >= 0
        ? address
        : address.substring(0, colon);
  }
}

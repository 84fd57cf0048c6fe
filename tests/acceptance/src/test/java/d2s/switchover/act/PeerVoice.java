package d2s.switchover.act;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.event.EventId;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.json.CanonicalJson;
import d2s.switchover.client.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.List;

/**
 * Speaks to Dendrite in the peer's name and with its key, past the peer's Synapse, which would
 * never send such events. Dendrite serves other servers at its address for clients too.
 */
public final class PeerVoice {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String FEDERATION = "/_matrix/federation/v1/";

  private final World.Site home;
  private final String serverName;
  private final String keyId;
  private final PrivateKey key;
  private int transactions;

  /**
   * @param home whom to speak to
   * @param serverName the peer's
   * @param signingKeyLine the peer's key: algorithm, version and seed
   */
  public PeerVoice(World.Site home, String serverName, String signingKeyLine) {
    this.home = home;
    this.serverName = serverName;
    String[] words = signingKeyLine.split(" ");
    this.keyId = words[0] + ":" + words[1];
    try {
      this.key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new EdECPrivateKeySpec(
                      NamedParameterSpec.ED25519, Base64.getDecoder().decode(words[2])));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An event of a room of version 10, hashed and signed, that follows from a given one.
   *
   * @param type one whose content a redaction empties
   * @param stateKey null for a message
   * @param authEvents IDs of the events that allow it
   * @param content its content
   */
  public ObjectNode event(
      Person sender,
      String roomId,
      String type,
      String stateKey,
      String previousEvent,
      List<String> authEvents,
      Object content) {
    ObjectNode event = JSON.createObjectNode();
    event.put("room_id", roomId).put("sender", sender.userId()).put("type", type);
    if (stateKey != null) {
      event.put("state_key", stateKey);
    }
    event.put("origin_server_ts", System.currentTimeMillis());
    event.put("depth", get("event", previousEvent).at("/pdus/0/depth").asLong() + 1);
    event.putArray("prev_events").add(previousEvent);
    ArrayNode allowedBy = event.putArray("auth_events");
    authEvents.forEach(allowedBy::add);
    event.set("content", JSON.valueToTree(content));
    event.putObject("hashes").put("sha256", base64(sha256(without(event, "hashes"))));
    ObjectNode redacted = event.deepCopy();
    redacted.putObject("content");
    event.set("signatures", JSON.createObjectNode().set(serverName, signature(redacted)));
    return event;
  }

  /** The ID of an event that {@link #event} has made. */
  public static String idOf(ObjectNode event) {
    return EventId.of(Pdu.parse(event.toString(), "$unknown", RoomVersion.of("10").orElseThrow()));
  }

  /** Sends a transaction with these events. */
  public void send(ObjectNode... events) {
    ObjectNode transaction = JSON.createObjectNode();
    transaction.put("origin", serverName).put("origin_server_ts", System.currentTimeMillis());
    ArrayNode pdus = transaction.putArray("pdus");
    for (ObjectNode event : events) {
      pdus.add(event);
    }
    call("PUT", FEDERATION + "send/voice" + transactions++, transaction);
  }

  private JsonNode get(String what, String id) {
    return call("GET", FEDERATION + what + "/" + id.replace("$", "%24"), null);
  }

  private JsonNode call(String method, String path, ObjectNode body) {
    ObjectNode signed = JSON.createObjectNode();
    signed.put("method", method).put("uri", path);
    signed.put("origin", serverName).put("destination", home.serverName());
    if (body != null) {
      signed.set("content", body);
    }
    String authorization =
        "X-Matrix origin=\"%s\",destination=\"%s\",key=\"%s\",sig=\"%s\""
            .formatted(serverName, home.serverName(), keyId, signature(signed).get(keyId).asText());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(home.server().address() + path))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()));
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + method + " " + path, e);
    }
  }

  private static ObjectNode without(ObjectNode event, String field) {
    ObjectNode rest = event.deepCopy();
    rest.remove(field);
    return rest;
  }

  private ObjectNode signature(ObjectNode object) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(canonical(object));
      return JSON.createObjectNode().put(keyId, base64(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(ObjectNode object) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(canonical(object));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] canonical(ObjectNode object) {
    return CanonicalJson.of(object.toString()).getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}

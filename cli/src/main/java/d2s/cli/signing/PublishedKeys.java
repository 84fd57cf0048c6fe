package d2s.cli.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.connection.IoReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that a running homeserver publishes, at {@code /_matrix/key/v2/server}.
 *
 * @param serverName what the server calls itself
 * @param current public keys in unpadded base64, by name; with these it signs
 * @param old those that it signed with before, by name
 */
public record PublishedKeys(
    String serverName, Map<String, String> current, Map<String, OldSigningKey> old) {

  private static final String PATH = "/_matrix/key/v2/server";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FOUND = 200;

  /**
   * Asks a server.
   *
   * @param server its base address, http or https
   * @throws IOException if it cannot be reached or answers something else; the message is for
   *     people
   */
  public static PublishedKeys ask(URI server) throws IOException, InterruptedException {
    URI question = URI.create(server.toString().replaceAll("/+$", "") + PATH);
    HttpResponse<String> answer;
    try {
      answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build()
              .send(
                  HttpRequest.newBuilder(question).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          question
              + " cannot be asked ("
              + IoReason.of(e)
              + "); is the server running, and is this its address?",
          e);
    }
    if (answer.statusCode() != FOUND) {
      throw new IOException(
          question
              + " answers "
              + answer.statusCode()
              + "; it must be the address for other servers, or one that has the resource"
              + " \"keys\"");
    }
    return read(question, answer.body());
  }

  private static PublishedKeys read(URI question, String body) throws IOException {
    JsonNode answer;
    try {
      answer = new ObjectMapper().readTree(body);
    } catch (IOException e) {
      throw new IOException(question + " answers something that is not JSON", e);
    }
    if (!answer.path("verify_keys").isObject()) {
      throw new IOException(question + " answers no verify_keys; it is not a homeserver's");
    }
    Map<String, String> current = new LinkedHashMap<>();
    answer
        .get("verify_keys")
        .properties()
        .forEach(key -> current.put(key.getKey(), unpadded(key.getValue())));
    Map<String, OldSigningKey> old = new LinkedHashMap<>();
    answer
        .path("old_verify_keys")
        .properties()
        .forEach(
            key ->
                old.put(
                    key.getKey(),
                    new OldSigningKey(
                        key.getKey(),
                        unpadded(key.getValue()),
                        key.getValue().path("expired_ts").asLong())));
    return new PublishedKeys(answer.path("server_name").asText(), current, old);
  }

  private static String unpadded(JsonNode key) {
    return key.path("key").asText().replaceAll("=+$", "");
  }

  /**
   * What the server publishes otherwise than somebody who has these keys.
   *
   * @param oldKeys null if nobody knows them
   * @return one sentence each, for people
   */
  public List<String> differences(SigningKey key, List<OldSigningKey> oldKeys) {
    List<String> differences = new ArrayList<>();
    String published = current.get(key.keyId());
    if (published == null) {
      differences.add(
          "it signs with " + String.join(", ", current.keySet()) + ", not with " + key.keyId());
    } else if (!published.equals(key.publicKey())) {
      differences.add(
          "its " + key.keyId() + " is " + published + ", that of the file " + key.publicKey());
    }
    if (oldKeys != null) {
      compareOld(oldKeys, differences);
    }
    return differences;
  }

  private void compareOld(List<OldSigningKey> oldKeys, List<String> differences) {
    Map<String, OldSigningKey> known = new LinkedHashMap<>();
    oldKeys.forEach(key -> known.put(key.keyId(), key));
    for (OldSigningKey key : known.values()) {
      if (!old.containsKey(key.keyId())) {
        differences.add("it does not publish the old key " + key.keyId());
      } else if (!old.get(key.keyId()).equals(key)) {
        differences.add("it publishes another old key, or another end of it, as " + key.keyId());
      }
    }
    for (String keyId : old.keySet()) {
      if (!known.containsKey(keyId)) {
        differences.add("it publishes an old key that dendrite.yaml does not name, " + keyId);
      }
    }
  }
}

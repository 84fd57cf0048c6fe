package d2s.acceptance.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One device that speaks the client-server API. */
public final class MatrixClient {

  /** Strangers choose the names of members in what the server answers. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          new JsonFactoryBuilder()
              .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNameLength(Integer.MAX_VALUE).build())
              .build());

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;
  private final String token;

  /**
   * @param server base address of the homeserver
   * @param token access token; null asks without one
   */
  public MatrixClient(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /**
   * What the server answered.
   *
   * @param status HTTP status
   * @param body the JSON body
   */
  public record Answer(int status, JsonNode body) {
    public boolean isOk() {
      return status == 200;
    }

    /** The body, or status and error code in the form that the recordings use for refusals. */
    public JsonNode recorded() {
      if (isOk()) {
        return body;
      }
      ObjectNode refusal = JsonNodeFactory.instance.objectNode().put("__status", status);
      return body.has("errcode") ? refusal.set("errcode", body.get("errcode")) : refusal;
    }

    /** The body of a call that must succeed. */
    public JsonNode orFail() {
      if (!isOk()) {
        throw new AssertionError("the server answered " + status + ": " + body);
      }
      return body;
    }
  }

  /**
   * GET.
   *
   * @param path segments below {@code /_matrix/client/v3}, unescaped
   * @param query names and values in turn, unescaped
   */
  public Answer get(List<String> path, String... query) {
    return send("GET", "/_matrix/client/v3", path, null, query);
  }

  /** GET below another prefix than that of version 3. */
  public Answer getBelow(String prefix, List<String> path, String... query) {
    return send("GET", prefix, path, null, query);
  }

  /** PUT of a JSON body. */
  public Answer put(List<String> path, Object body) {
    return send("PUT", "/_matrix/client/v3", path, body);
  }

  /** POST of a JSON body. */
  public Answer post(List<String> path, Object body) {
    return send("POST", "/_matrix/client/v3", path, body);
  }

  /**
   * The whole history of a room that the user may see, by going back page by page, newest first.
   * The first refused page ends it.
   *
   * @param pageSize events asked for at once
   */
  public List<Answer> historyPages(String roomId, int pageSize) {
    List<Answer> pages = new ArrayList<>();
    String from = null;
    do {
      List<String> query = new ArrayList<>(List.of("dir", "b", "limit", "" + pageSize));
      if (from != null) {
        query.addAll(List.of("from", from));
      }
      Answer page = get(List.of("rooms", roomId, "messages"), query.toArray(new String[0]));
      pages.add(page);
      String end = page.isOk() ? page.body().path("end").asText(null) : null;
      // Dendrite ends a history of which the beginning is hidden by giving the same page for ever.
      from = Objects.equals(end, from) ? null : end;
    } while (from != null);
    return pages;
  }

  /**
   * A file.
   *
   * @param status HTTP status
   * @param type the Content-Type header, "" without one
   * @param disposition the Content-Disposition header, "" without one
   */
  public record Download(int status, String type, String disposition, byte[] body) {
    public boolean isOk() {
      return status == 200;
    }
  }

  /**
   * Uploads a file.
   *
   * @param type its Content-Type
   * @param name its file name; null for none
   */
  public Answer upload(byte[] file, String type, String name) {
    String[] query = name == null ? new String[0] : new String[] {"filename", name};
    try {
      HttpResponse<String> response =
          HTTP.send(
              request("/_matrix/media/v3", List.of("upload"), query)
                  .header("Content-Type", type)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                  .build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException("the upload failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the server", e);
    }
  }

  /** GET of a file. */
  public Download download(String prefix, List<String> path, String... query) {
    try {
      HttpResponse<byte[]> response =
          HTTP.send(
              request(prefix, path, query).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Download(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.headers().firstValue("Content-Disposition").orElse(""),
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException("GET " + String.join("/", path) + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the server", e);
    }
  }

  private HttpRequest.Builder request(String prefix, List<String> path, String... query) {
    StringBuilder address = new StringBuilder(server.toString()).append(prefix);
    path.forEach(segment -> address.append('/').append(escape(segment)));
    for (int i = 0; i < query.length; i += 2) {
      address.append(i == 0 ? '?' : '&').append(query[i]).append('=').append(escape(query[i + 1]));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.toString())).timeout(PATIENCE);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Any call with a JSON body, or null for none. */
  public Answer send(
      String method, String prefix, List<String> path, Object body, String... query) {
    try {
      HttpRequest.Builder request =
          request(prefix, path, query)
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + String.join("/", path) + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the server", e);
    }
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node.isMissingNode() ? JsonNodeFactory.instance.objectNode() : node;
    } catch (IOException e) {
      return JSON.valueToTree(Map.of("not_json", text.length() + " characters"));
    }
  }

  /** Percent-encodes a path segment or a query value. */
  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package d2s.switchover.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Stands in front of a server's address for other servers, hands everything through unchanged, and
 * keeps the transactions that the server accepts. While it is stopped, nobody listens there.
 */
public final class TransactionRecorder {
  static {
    // Every small answer would take 40 ms more.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEND = "/_matrix/federation/v1/send/";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Headers that belong to one connection; Java sets its own. */
  private static final Set<String> OF_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final SSLContext tls;
  private final int port;
  private final URI behind;
  private final Map<String, Transaction> accepted = new ConcurrentHashMap<>();
  private HttpsServer server;
  private ExecutorService threads;

  /**
   * A transaction that was accepted.
   *
   * @param content what was sent
   * @param eventIds the IDs of its PDUs, as the server that took it has computed them
   */
  record Transaction(JsonNode content, List<String> eventIds) {}

  /**
   * @param port where to listen, on the loopback interface
   * @param behind base address of the server, plain HTTP
   */
  public TransactionRecorder(SSLContext tls, int port, URI behind) {
    this.tls = tls;
    this.port = port;
    this.behind = behind;
  }

  public void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", this::handThrough);
    server.start();
  }

  public void stop() {
    if (server != null) {
      server.stop(0);
      threads.shutdownNow();
      server = null;
    }
  }

  /** Forgets what was accepted so far. */
  void forget() {
    accepted.clear();
  }

  /** What was accepted, each transaction once however often it was repeated. */
  List<Transaction> accepted() {
    return List.copyOf(accepted.values());
  }

  private void handThrough(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().toString();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(behind + path))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (!OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(value -> request.header(name, value));
                }
              });
      HttpResponse<byte[]> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (path.startsWith(SEND) && answer.statusCode() == 200) {
        accepted.put(path, transaction(body, answer.body()));
      }
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Transaction transaction(byte[] content, byte[] answer) throws IOException {
    List<String> eventIds = new java.util.ArrayList<>();
    JSON.readTree(answer).path("pdus").fieldNames().forEachRemaining(eventIds::add);
    return new Transaction(JSON.readTree(content), eventIds);
  }
}

package d2s.switchover.server;

import d2s.acceptance.server.SynapseServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Where a homeserver is, on the loopback interface. Its server name holds the port, so that other
 * servers find it without any DNS.
 *
 * @param clientPort plain HTTP
 * @param federationPort TLS
 */
public record Endpoint(int clientPort, int federationPort) {
  /** With which administrators register accounts; of no use outside the test. */
  static final String REGISTRATION_SECRET = "of-no-use-outside-this-test";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public static Endpoint free() throws IOException {
    return new Endpoint(SynapseServer.freePort(), SynapseServer.freePort());
  }

  public String serverName() {
    return "localhost:" + federationPort;
  }

  URI clients() {
    return URI.create("http://127.0.0.1:" + clientPort);
  }

  /** True if a GET of this path is answered with 200. */
  boolean answers(String path) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(clients().resolve(path)).timeout(Duration.ofSeconds(5)).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}

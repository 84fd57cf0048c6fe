package d2s.switchover.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Vouches for e-mail addresses. Dendrite 0.13.8 takes an address from nobody but an identity server
 * that it trusts, and asks it one question of the first version of that API; this is the answer.
 */
public final class IdentityServer implements AutoCloseable {
  private static final String PATH = "/_matrix/identity/api/v1/3pid/getValidated3pid";

  private final HttpsServer server;
  private final Map<String, String> addresses = new HashMap<>();

  private IdentityServer(HttpsServer server) {
    this.server = server;
  }

  public static IdentityServer start(SSLContext tls) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    IdentityServer started = new IdentityServer(server);
    server.createContext(
        PATH,
        exchange -> {
          String session = exchange.getRequestURI().getQuery().replaceAll(".*sid=([^&]*).*", "$1");
          byte[] answer = started.answer(session).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return started;
  }

  /** Its name for other servers, with the port. */
  public String name() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** Confirms an address and returns the ID of the session that did so. */
  public synchronized String confirm(String address) {
    String session = "session" + addresses.size();
    addresses.put(session, address);
    return session;
  }

  private synchronized String answer(String session) throws IOException {
    return new ObjectMapper()
        .writeValueAsString(
            addresses.containsKey(session)
                ? Map.of("medium", "email", "address", addresses.get(session), "validated_at", 1)
                : Map.of("errcode", "M_SESSION_NOT_VALIDATED", "error", "no such session"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

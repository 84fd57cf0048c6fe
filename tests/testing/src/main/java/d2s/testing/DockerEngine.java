package d2s.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks whether a Docker engine answers, quickly and without a word.
 *
 * <p>Testcontainers can find that out too, but logs pages of stack traces when there is none, and
 * waits long for an engine that is configured and does not answer. This asks the places where
 * Testcontainers would look: {@code DOCKER_HOST}, else the usual sockets.
 */
final class DockerEngine {

  private static final byte[] PING =
      "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private DockerEngine() {}

  /** Whether an engine answers within the given time, all places taken together. */
  static boolean answers(Map<String, String> environment, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    for (String host : hosts(environment)) {
      long left = deadline - System.nanoTime();
      if (left > 0 && pings(host, environment, left)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> hosts(Map<String, String> environment) {
    String configured = environment.get("DOCKER_HOST");
    if (configured != null && !configured.isBlank()) {
      return List.of(configured);
    }
    List<String> sockets = new ArrayList<>();
    sockets.add("/var/run/docker.sock");
    if (environment.containsKey("XDG_RUNTIME_DIR")) {
      sockets.add(environment.get("XDG_RUNTIME_DIR") + "/docker.sock");
    }
    if (environment.containsKey("HOME")) {
      sockets.add(environment.get("HOME") + "/.docker/run/docker.sock");
      sockets.add(environment.get("HOME") + "/.docker/desktop/docker.sock");
    }
    return sockets.stream()
        .filter(socket -> Files.exists(Path.of(socket)))
        .map(socket -> "unix://" + socket)
        .toList();
  }

  private static boolean pings(String host, Map<String, String> environment, long nanos) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> answer.complete(ping(host, environment)), "docker-ping");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      thread.interrupt(); // closes the channel, and so ends the thread
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean ping(String host, Map<String, String> environment) {
    try (SocketChannel channel = connect(URI.create(host))) {
      if (host.startsWith("tcp:") && environment.containsKey("DOCKER_TLS_VERIFY")) {
        return true; // it listens; the handshake is left to Testcontainers, which has the keys
      }
      channel.write(ByteBuffer.wrap(PING));
      ByteBuffer status = ByteBuffer.allocate(12);
      while (status.hasRemaining() && channel.read(status) >= 0) {
        // reads until the status line is there
      }
      return new String(status.array(), StandardCharsets.US_ASCII).matches("HTTP/1\\.. 200");
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static SocketChannel connect(URI host) throws IOException {
    boolean unix = "unix".equals(host.getScheme());
    if (!unix && (!"tcp".equals(host.getScheme()) || host.getHost() == null)) {
      throw new IllegalArgumentException("Neither unix:// nor tcp://: " + host);
    }
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(host.getPath())
            : new InetSocketAddress(host.getHost(), host.getPort() < 0 ? 2375 : host.getPort());
    SocketChannel channel =
        unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    try {
      channel.connect(address);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}

package d2s.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path directory;

  @Test
  void anEngineThatSaysOkAnswers() throws IOException {
    try (ServerSocketChannel server = listen()) {
      reply(server, "HTTP/1.0 200 OK\r\n\r\nOK");
      assertThat(DockerEngine.answers(here(), Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void anEngineThatRefusesDoesNotAnswer() throws IOException {
    try (ServerSocketChannel server = listen()) {
      reply(server, "HTTP/1.0 403 Forbidden\r\n\r\n");
      assertThat(DockerEngine.answers(here(), Duration.ofSeconds(5))).isFalse();
    }
  }

  @Test
  void aSocketThatStaysMuteIsGivenUpSoon() throws IOException {
    try (ServerSocketChannel mute = listen()) {
      long start = System.nanoTime();
      assertThat(DockerEngine.answers(here(), SHORT)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(mute.isOpen()).isTrue();
    }
  }

  @Test
  void nobodyListens() {
    assertThat(DockerEngine.answers(here(), SHORT)).isFalse();
    assertThat(DockerEngine.answers(Map.of("DOCKER_HOST", "tcp://localhost:1"), SHORT)).isFalse();
    assertThat(DockerEngine.answers(Map.of("DOCKER_HOST", "ssh://somewhere"), SHORT)).isFalse();
    assertThat(DockerEngine.answers(Map.of("DOCKER_HOST", "no address"), SHORT)).isFalse();
  }

  private Map<String, String> here() {
    return Map.of("DOCKER_HOST", "unix://" + directory.resolve("docker.sock"));
  }

  private ServerSocketChannel listen() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(directory.resolve("docker.sock")));
    return server;
  }

  private static void reply(ServerSocketChannel server, String answer) {
    CompletableFuture.runAsync(
        () -> {
          try (SocketChannel client = server.accept()) {
            client.read(ByteBuffer.allocate(256));
            client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }
}

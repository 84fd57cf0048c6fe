package d2s.switchover.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One Node process with many real clients in it, matrix-js-sdk with its Rust cryptography. It lives
 * on across the switch, with everything that the clients know. What it can be asked is said in
 * {@code src/test/node/commands.mjs}.
 */
public final class JavaScriptClients implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Writer requests;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();

  private JavaScriptClients(Process process) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::readAnswers, "answers of the JavaScript clients");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts the process.
   *
   * @param log receives what the libraries complain of
   */
  public static JavaScriptClients start(Path log) throws IOException, InterruptedException {
    JavaScriptInstallation installation = JavaScriptInstallation.get();
    return new JavaScriptClients(
        new ProcessBuilder("node", installation.program().toString())
            .redirectError(log.toFile())
            .start());
  }

  /**
   * Has a command done and waits for its result.
   *
   * @param client the client that does it
   * @param arguments names and values in turn
   */
  JsonNode perform(String client, String command, Object... arguments) {
    Map<String, Object> request = new LinkedHashMap<>();
    long id = lastId.incrementAndGet();
    request.put("id", id);
    request.put("client", client);
    request.put("do", command);
    for (int i = 0; i < arguments.length; i += 2) {
      request.put((String) arguments[i], arguments[i + 1]);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    send(request);
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(client + " did not finish: " + command, e);
    } catch (ExecutionException e) {
      throw new AssertionError(
          client + " could not " + command + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + client, e);
    } finally {
      waiting.remove(id);
    }
  }

  private synchronized void send(Map<String, Object> request) {
    try {
      requests.write(JSON.writeValueAsString(request) + "\n");
      requests.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the JavaScript clients are gone", e);
    }
  }

  private void readAnswers() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode answer = JSON.readTree(line);
        CompletableFuture<JsonNode> question = waiting.get(answer.get("id").asLong());
        if (question == null) {
          continue;
        }
        if (answer.has("error")) {
          question.completeExceptionally(new IOException(answer.get("error").asText()));
        } else {
          question.complete(answer.get("result"));
        }
      }
    } catch (IOException e) {
      // The process has ended; whoever waits is told below.
    }
    waiting
        .values()
        .forEach(
            question ->
                question.completeExceptionally(
                    new IOException("the process with the JavaScript clients has ended")));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

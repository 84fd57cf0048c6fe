package d2s.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.switchover.server.Tool;
import d2s.testing.ProjectDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Chromium without a window. The libraries that drive it are installed on first use into
 * {@code .clients/browser} under the project's root, with the versions that their lock file names.
 */
final class Browser {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("src", "test", "browser");
  private static final String SCRIPT = "look.mjs";
  private static final String LOCK_FILE = "package-lock.json";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The programs that can be used, in the order in which they are looked for. */
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Path chromium;
  private final Path directory;

  private Browser(Path chromium, Path directory) {
    this.chromium = chromium;
    this.directory = directory;
  }

  /** The browser; the test is skipped, with the reason, where there is none. */
  static Browser get() throws IOException, InterruptedException {
    Optional<Path> chromium = PROGRAMS.stream().flatMap(Browser::find).findFirst();
    assumeTrue(
        chromium.isPresent(),
        () -> "pages were not looked at: none of " + PROGRAMS + " is on the PATH");
    assumeTrue(
        find("node").findAny().isPresent() && find("npm").findAny().isPresent(),
        "pages were not looked at: node and npm are not on the PATH");
    Path directory =
        Files.createDirectories(ProjectDirectory.root().resolve(".clients").resolve("browser"));
    for (String file : List.of("package.json", LOCK_FILE, SCRIPT)) {
      Files.copy(
          SOURCES.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Path marker = directory.resolve("complete");
    String wanted = Files.readString(SOURCES.resolve(LOCK_FILE));
    if (!Files.exists(marker) || !Files.readString(marker).equals(wanted)) {
      Tool.run(
          List.of("npm", "ci", "--no-audit", "--no-fund"),
          directory,
          Map.of(),
          directory.resolve("npm.log"),
          PATIENCE);
      Files.writeString(marker, wanted);
    }
    return new Browser(chromium.get(), directory);
  }

  private static Stream<Path> find(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable);
  }

  /** What a person does: the name of an action of the script, and what it is done with. */
  record Step(String action, Object of) {}

  /**
   * Opens pages on a wide light screen and on the dark one of a phone.
   *
   * @param look pages that are looked at closely
   * @param fit pages of which only the width is asked, on a phone
   * @param steps what a person does, on the wide screen
   * @param folder takes what is asked and what is answered
   * @return what look.mjs answers
   */
  JsonNode look(List<Path> look, List<Path> fit, List<Step> steps, Path folder)
      throws IOException, InterruptedException {
    ObjectNode request = JSON.createObjectNode();
    request.put("chromium", chromium.toString());
    request.set(
        "screens",
        JSON.valueToTree(
            List.of(
                Map.of("width", 1280, "scheme", "light"), Map.of("width", 390, "scheme", "dark"))));
    request.set("look", JSON.valueToTree(look.stream().map(Browser::url).toList()));
    request.set("fit", JSON.valueToTree(fit.stream().map(Browser::url).toList()));
    request.set("steps", JSON.valueToTree(steps));
    Path file = folder.resolve("request.json");
    Files.writeString(file, JSON.writeValueAsString(request));
    Path answer = folder.resolve("answer.json");
    Tool.run(
        List.of("node", directory.resolve(SCRIPT).toString(), file.toAbsolutePath().toString()),
        directory,
        Map.of(),
        answer,
        PATIENCE);
    List<String> lines = Files.readAllLines(answer);
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  static String url(Path page) {
    return page.toAbsolutePath().toUri().toString();
  }
}

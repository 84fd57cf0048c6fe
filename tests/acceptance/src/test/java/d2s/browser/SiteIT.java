package d2s.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.browser.Browser.Step;
import d2s.cli.Main;
import d2s.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of {@code d2s docs --site}, opened from the file system. */
class SiteIT {

  private static final Path FOLDER = Path.of("target", "site");
  private static Path site;

  private Browser browser;

  @BeforeAll
  static void write() throws IOException {
    site = TestDirectory.empty(FOLDER).resolve("pages");
    assertThat(Main.run("docs", "--site", site.toString())).isZero();
  }

  @BeforeEach
  void open() throws IOException, InterruptedException {
    browser = Browser.get();
  }

  @Test
  void canBeUsedByEverybody() throws IOException, InterruptedException {
    List<Path> look =
        Stream.of(
                "index.html",
                "set.html",
                "search.html",
                "source-tables.html",
                "mappings/users.html",
                "mappings/room_state.html",
                "target/users.html",
                "source/userapi_accounts.html",
                "files/1-accounts/users.yaml.html")
            .map(site::resolve)
            .toList();
    List<Path> fit;
    try (Stream<Path> mappings = Files.list(site.resolve("mappings"))) {
      fit = mappings.sorted().toList();
    }
    assertThat(fit).hasSizeGreaterThan(50);

    PageAssertions.assertGood(
        browser.look(look, fit, List.of(), site.getParent()), 2 * look.size());
  }

  @Test
  void leadsFromPageToPage() throws IOException, InterruptedException {
    JsonNode answers =
        browser
            .look(
                List.of(),
                List.of(),
                List.of(
                    new Step("open", Browser.url(site.resolve("index.html"))),
                    new Step("press", "Tab"),
                    new Step("focus", null),
                    new Step("press", "Enter"),
                    new Step("focus", null),
                    new Step("click", "table a:text-is(\"users\")"),
                    new Step("arrive", "**/mappings/users.html"),
                    new Step("texts", "h1"),
                    new Step("click", "svg a:has-text(\"password_hash\") >> nth=1"),
                    new Step("arrive", "**/target/users.html#column-password_hash"),
                    new Step("visible", "#column-password_hash th"),
                    new Step("click", "#column-password_hash a:has-text(\"users.yaml\")"),
                    new Step("arrive", "**/files/1-accounts/users.yaml.html#L*"),
                    new Step("visible", "code:target"),
                    new Step("texts", "code:target")),
                site.getParent())
            .path("answers");

    assertThat(answers.get(2).asText()).isEqualTo("skip");
    assertThat(answers.get(4).asText()).isEqualTo("content");
    assertThat(answers.get(7)).extracting(JsonNode::asText).containsExactly("users");
    assertThat(answers.get(10).asBoolean()).isTrue();
    assertThat(answers.get(13).asBoolean()).isTrue();
    assertThat(answers.get(14).get(0).asText()).contains("password_hash: 'deactivated ? null");
  }

  @Test
  void findsThings() throws IOException, InterruptedException {
    JsonNode answers =
        browser
            .look(
                List.of(),
                List.of(),
                List.of(
                    new Step("open", Browser.url(site.resolve("mappings/users.html"))),
                    new Step("fill", List.of("#find", "users.name")),
                    new Step("press", "Enter"),
                    new Step("arrive", "**/search.html?q=users.name"),
                    new Step("texts", "#results li:first-child a"),
                    new Step("fill", List.of("#q", "bcrypt pepper")),
                    new Step("texts", "#results a"),
                    new Step("fill", List.of("#q", "sliding_sync_joined_rooms")),
                    new Step("texts", "#results li:first-child a"),
                    new Step("fill", List.of("#q", "no such thing")),
                    new Step("texts", "#found"),
                    new Step("fill", List.of("#q", "server_name fact")),
                    new Step("texts", "#results li:first-child a"),
                    new Step("click", "#results a"),
                    new Step("arrive", "**/set.html#fact-server_name"),
                    new Step("visible", "#fact-server_name")),
                site.getParent())
            .path("answers");

    assertThat(answers.get(4).get(0).asText()).isEqualTo("users.name");
    assertThat(answers.get(6)).extracting(JsonNode::asText).contains("users");
    assertThat(answers.get(8).get(0).asText()).isEqualTo("sliding_sync_joined_rooms");
    assertThat(answers.get(10).get(0).asText()).isEqualTo("Nothing has all these words.");
    assertThat(answers.get(12).get(0).asText()).isEqualTo("server_name");
    assertThat(answers.get(15).asBoolean()).isTrue();
  }

  /** A page with one of each fault, so that it is known that they are found. */
  @Test
  void faultsAreFound() throws IOException, InterruptedException {
    Path folder = TestDirectory.empty(FOLDER.resolve("faults"));
    Path page = folder.resolve("page.html");
    Files.writeString(
        page,
        """
        <!DOCTYPE html><html><head><title>a</title></head><body>
        <p style="width: 3000px; color: #ddd; background: #fff">Nobody can read this.</p>
        <img src="http://127.0.0.1:1/picture.png"/>
        <script>nothing.here();</script></body></html>
        """);

    JsonNode found =
        browser.look(List.of(page), List.of(page), List.of(), folder).path("pages").get(0);

    assertThat(found.path("violations").toString())
        .contains("color-contrast", "image-alt", "html-has-lang");
    assertThat(found.path("elsewhere").toString()).contains("http://127.0.0.1:1/picture.png");
    assertThat(found.path("errors").toString()).contains("nothing");
    assertThat(found.path("overflow").asInt()).isGreaterThan(1000);
  }
}

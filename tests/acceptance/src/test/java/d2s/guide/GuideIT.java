package d2s.guide;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody pastes one block of the README and of each page of the guide after the other. */
@Tag("synapse")
class GuideIT {

  private static final Pattern NUMBER = Pattern.compile("[\\d.,]+");
  private static final Set<String> RUN = new HashSet<>();
  private static int tests;

  @Test
  void guideLeadsFromDendriteToSynapse() throws Exception {
    Page page = Page.guide("migrating.md");
    try (Evening evening = Evening.begin(Path.of("target", "guide"))) {
      String output = "";
      for (Page.Block block : page.blocks()) {
        if (block.isShell()) {
          output = evening.run(page, block);
        } else if (block.language().equals("text")) {
          assertThat(output)
              .as(page + ":" + block.line() + ": what the guide says that the block above prints")
              .containsPattern(withAnyNumbers(block.text()));
        }
      }
      assertEverybodyIsStillLoggedIn(evening);
      assertThat(evening.synapseLog()).doesNotContain(" - ERROR - ");

      awaitUse(evening);
      assertThat(evening.run(page, OtherPages.orNot(page.shell("d2s verify"))))
          .contains("Synapse has been started on this database since it was loaded.");
      RUN.addAll(evening.blocks());
      tests++;
    }
  }

  /** Synapse writes the time of last use within some seconds. */
  private static void awaitUse(Evening evening) throws Exception {
    Instant end = Instant.now().plusSeconds(60);
    try (Connection synapse = evening.connectToSynapse()) {
      // The load was one transaction, so another one has changed a device.
      while (TestDatabase.rows(synapse, "select distinct xmin from devices").size() < 2) {
        assertThat(Instant.now()).isBefore(end);
        Thread.sleep(200);
      }
    }
  }

  @Test
  void theOtherPagesLeadOn() throws Exception {
    try (Evening evening = Evening.begin(Path.of("target", "other-pages"))) {
      OtherPages pages = new OtherPages(evening);
      pages.beforeTheEvening();
      pages.quickStart();
      pages.afterTheSwitch();
      pages.wayBack();
      pages.containers();
      pages.delete();
      RUN.addAll(evening.blocks());
      tests++;
    }
  }

  /** A block that nothing runs is in a list, with the reason. */
  @AfterAll
  static void everyBlockWasRun() {
    if (tests < 2) {
      return; // One of them failed or was not asked for.
    }
    Set<String> excused = new TreeSet<>();
    for (Page page : Page.all()) {
      String name = page.file().getFileName().toString();
      for (Page.Block block : page.blocks()) {
        if (block.isShell() && !RUN.contains(name + ":" + block.line())) {
          List<String> parts =
              Commands.NOT_RUN.getOrDefault(name, Map.of()).keySet().stream()
                  .filter(block.text()::contains)
                  .toList();
          assertThat(parts).as("nothing runs " + page + ":" + block.line()).isNotEmpty();
          excused.addAll(parts);
        }
      }
    }
    assertThat(excused)
        .as("blocks that are said not to be run")
        .isEqualTo(
            Commands.NOT_RUN.values().stream()
                .flatMap(parts -> parts.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Pattern withAnyNumbers(String text) {
    StringBuilder pattern = new StringBuilder();
    Matcher number = NUMBER.matcher(text.strip());
    int end = 0;
    while (number.find()) {
      pattern.append(Pattern.quote(text.substring(end, number.start()))).append("[\\d.,]+");
      end = number.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(text.strip().substring(end))).toString());
  }

  static void assertEverybodyIsStillLoggedIn(Evening evening) throws Exception {
    List<String> devices =
        evening
            .dendrite()
            .rows(
                """
                select d.access_token, '@' || d.localpart || ':' || d.server_name
                from userapi_devices d join userapi_accounts a using (localpart, server_name)
                where a.is_deactivated is not true
                """);
    assertThat(devices).hasSizeGreaterThan(10);
    HttpClient client = HttpClient.newHttpClient();
    for (String device : devices) {
      String token = device.substring(0, device.indexOf(' '));
      String user = device.substring(device.indexOf(' ') + 1);
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(evening.synapse() + "/_matrix/client/v3/account/whoami"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body())
          .as("who Synapse says that " + user + " is")
          .contains('"' + user + '"');
    }
  }
}

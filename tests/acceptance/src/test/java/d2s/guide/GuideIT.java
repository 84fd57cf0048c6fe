package d2s.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody pastes one block of the README and of the guide after the other. */
@Tag("synapse")
class GuideIT {

  private static final Pattern NUMBER = Pattern.compile("[\\d.,]+");

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

      Page.Block verify = page.shell("d2s verify");
      Page.Block again =
          new Page.Block(verify.language(), verify.text().strip() + " || true\n", verify.line());
      String later = evening.run(page, again);
      // Synapse writes the time of last use within some seconds.
      for (int tries = 0; tries < 15 && later.contains("Verified in"); tries++) {
        Thread.sleep(1000);
        later = evening.run(page, again);
      }
      assertThat(later).contains("Synapse has been started on this database since it was loaded.");
    }
  }

  @Test
  void quickStartWorksAndSoDoesAnotherTry() throws Exception {
    Page readme = Page.readme();
    Page guide = Page.guide("migrating.md");
    try (Evening evening = Evening.begin(Path.of("target", "quick-start"))) {
      evening.run(guide, guide.shell("homeserver.yaml.package"));
      evening.run(readme, readme.shell("d2s config"));
      evening.run(guide, guide.shell("nano"));
      evening.run(guide, guide.shell("createdb"));
      String output = evening.run(readme, readme.shell("d2s migrate"));
      assertThat(output).contains("Synapse's database is loaded.").contains("Verified in ");

      Page wayBack = Page.guide("way-back.md");
      Page debian = Page.guide("platforms/debian.md");
      evening.run(wayBack, wayBack.shell("dropdb synapse"));
      evening.run(guide, guide.shell("update_synapse_database"));
      evening.run(debian, debian.shell("conf.d"));
      output = evening.run(guide, guide.shell("--dry-run"));
      assertThat(output).contains("Synapse's database is as it was.");
    }
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

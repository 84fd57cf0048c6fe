package d2s.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** What must hold for every page. */
final class PageAssertions {
  private PageAssertions() {}

  /**
   * Nobody is kept out, nothing is loaded from elsewhere, nothing fails, nothing is wider than the
   * screen, and light and dark are different.
   *
   * @param pages how many there must be, on all screens
   */
  static void assertGood(JsonNode answer, int pages) {
    assertThat(answer.path("pages")).hasSize(pages);
    Set<String> backgrounds = new HashSet<>();
    for (JsonNode page : answer.path("pages")) {
      String where = page.path("url").asText() + " at " + page.path("width").asInt();
      assertThat(page.path("violations")).as(where).isEmpty();
      assertThat(page.path("passed").asInt()).as(where).isGreaterThan(10);
      assertThat(page.path("elsewhere")).as(where).isEmpty();
      assertThat(page.path("errors")).as(where).isEmpty();
      assertThat(page.path("overflow").asInt()).as(where).isZero();
      backgrounds.add(page.path("scheme").asText() + " " + page.path("background").asText());
    }
    assertThat(backgrounds)
        .containsExactlyInAnyOrder("light rgb(255, 255, 255)", "dark rgb(23, 24, 28)");
    for (JsonNode page : answer.path("fit")) {
      assertThat(page.path("overflow").asInt()).as(page.path("url").asText()).isZero();
    }
  }
}

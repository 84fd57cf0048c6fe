package d2s.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.engine.result.CheckResult;
import d2s.engine.result.Counted;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.result.StepResult;
import d2s.engine.verify.Finding;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportFolderTest {

  @TempDir private Path folder;

  private static RunResult run() {
    return new RunResult(
        List.of(),
        List.of(
            new StepResult("accounts", "users", 15, Map.of("users", 15L), Duration.ofMillis(120)),
            new StepResult(
                "events",
                "events",
                1089,
                Map.of("events", 1089L, "event_json", 1089L),
                Duration.ofSeconds(2)),
            new StepResult(
                "state", "state", 0, Map.of("state_groups", 300L), Duration.ofSeconds(1))),
        List.of(new Skipped("aliases", "#<b>\u202e&\"x\u001b[2J:d.test", "the room is not here")),
        List.of(),
        List.of(
            CheckResult.ok("passwords", "fine"),
            CheckResult.warning(
                "guests", "There are guests.", List.of("123"), "No password.", "Allow them.")),
        List.of(
            new Counted("account", "accounts", 15, 15, 0), new Counted("room", "rooms", 49, 48, 1)),
        Duration.ofMillis(5800),
        true);
  }

  private static VerificationResults verified() {
    return new VerificationResults(
        List.of(
            new VerificationResult(
                "events",
                "Every event is there",
                Outcome.PASSED,
                "",
                1089,
                0,
                List.of(),
                Duration.ofSeconds(1)),
            new VerificationResult(
                "aliases",
                "Every alias is there",
                Outcome.FAILED,
                "",
                3,
                1,
                List.of(new Finding("#a:d.test", "is missing")),
                Duration.ofSeconds(1))),
        Duration.ofSeconds(2),
        false);
  }

  private static List<Element> all(Document page, String name) {
    List<Element> elements = new ArrayList<>();
    NodeList found = page.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void isOnePageThatRefersToNothingElse() throws Exception {
    ReportFolder report = new ReportFolder(folder.resolve("new"));
    Path page =
        report.writeMigration("database dendrite on h", "database synapse on h", run(), false);
    assertThat(Files.readString(page)).contains("d2s verify");
    page = report.addVerification(verified());

    String html = Files.readString(page);
    // A parser of XML takes nothing that is not closed, nested or escaped as it must be.
    Document parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    html.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)));

    for (Element element : all(parsed, "*")) {
      for (String reference : List.of("src", "href", "srcset", "action", "data", "poster")) {
        assertThat(element.hasAttribute(reference)).as(element.getTagName()).isFalse();
      }
    }
    assertThat(all(parsed, "script")).isEmpty();
    assertThat(all(parsed, "link")).isEmpty();
    assertThat(html).doesNotContain("http:", "https:", "url(", "@import", "\u001b", "\u202e");
    assertThat(html).contains("#&lt;b&gt;\\u202e&amp;&quot;x\\u001b[2J:d.test");
  }

  /** A push rule can be called so, and its user must not keep anybody from having a report. */
  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "x\udfff", "\ud83d\ude00\ud83d", "\ude00\ud83d", "\ufffe\0"})
  void holdsNamesThatNoFileCanHold(String name) throws Exception {
    RunResult run =
        new RunResult(
            List.of(),
            List.of(),
            List.of(new Skipped("push_rules", name, name)),
            List.of(),
            List.of(),
            List.of(),
            Duration.ofSeconds(1),
            true);
    Path page = new ReportFolder(folder).writeMigration("a", "b", run, false);
    String json = Files.readString(folder.resolve("report.json"));

    assertThat(new ObjectMapper().readTree(json).at("/migration/skipped/0/what").asText())
        .isEqualTo(name);
    assertThat(Files.readString(page)).contains("push_rules", "\\u");
  }

  @Test
  void canBeReadWithoutSeeing() throws Exception {
    ReportFolder report = new ReportFolder(folder);
    report.writeMigration("a", "b", run(), false);
    String html = Files.readString(report.addVerification(verified()));
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    html.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)));

    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(all(page, "title").get(0).getTextContent()).isNotBlank();
    assertThat(all(page, "h1")).hasSize(1);
    assertThat(all(page, "h2")).hasSizeGreaterThan(5);
    assertThat(all(page, "table"))
        .isNotEmpty()
        .allMatch(table -> table.getElementsByTagName("caption").getLength() == 1);
    assertThat(all(page, "th")).allMatch(cell -> !cell.getAttribute("scope").isEmpty());
    for (Element row : all(page, "tr")) {
      int cells =
          row.getElementsByTagName("th").getLength() + row.getElementsByTagName("td").getLength();
      Element table = (Element) row.getParentNode().getParentNode();
      int heads =
          ((Element) table.getElementsByTagName("thead").item(0))
              .getElementsByTagName("th")
              .getLength();
      assertThat(cells).isEqualTo(heads);
    }
    Element picture = all(page, "svg").get(0);
    assertThat(picture.getAttribute("role")).isEqualTo("img");
    assertThat(picture.getElementsByTagName("title").item(0).getTextContent())
        .contains("events 1,089 to 2,178");
    assertThat(((Element) picture.getElementsByTagName("title").item(0)).getAttribute("id"))
        .isEqualTo(picture.getAttribute("aria-labelledby"));
  }
}

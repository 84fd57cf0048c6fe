package d2s.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Whatever a thing is called, the page stays well-formed and gets no element of its own. */
class ReportPagePropertyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Property(tries = 300)
  void aNameCannotBecomePartOfThePage(@ForAll("names") String name) throws Exception {
    assertThat(elements(page(name))).isEqualTo(elements(page("x")));
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> hostile =
        Arbitraries.of(
                "<script>",
                "</td>",
                "\"",
                "'",
                "&",
                "&lt;",
                "]]>",
                "<!--",
                "-->",
                "\0",
                "\u001b",
                "\u202e",
                "\ud83d",
                "javascript:",
                "</style>",
                "\ufffe")
            .list()
            .ofMaxSize(6)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(hostile, Arbitraries.strings().ofMaxLength(40));
  }

  private static String page(String name) {
    ObjectNode report = MAPPER.createObjectNode();
    ObjectNode migration = report.putObject("migration");
    migration.put("committed", true).put("source", name).put("target", name);
    migration
        .putArray("skipped")
        .addObject()
        .put("mapping", "aliases")
        .put("what", name)
        .put("reason", name + "\n");
    return new ReportPage(report).html();
  }

  private static List<String> elements(String html) throws Exception {
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    html.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)));
    List<String> elements = new ArrayList<>();
    NodeList found = page.getElementsByTagName("*");
    for (int i = 0; i < found.getLength(); i++) {
      elements.add(found.item(i).getNodeName() + " " + found.item(i).getAttributes().getLength());
    }
    return elements;
  }
}

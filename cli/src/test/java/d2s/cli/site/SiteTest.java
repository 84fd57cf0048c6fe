package d2s.cli.site;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.schemas.SchemaCheck;
import d2s.engine.Engine;
import d2s.engine.docs.Filling;
import d2s.engine.docs.Lineage;
import d2s.engine.docs.MappingLineage;
import d2s.engine.docs.TableColumn;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The pages of the mapping files that ship with the program; no browser is needed. */
class SiteTest {

  private static final Lineage LINEAGE =
      new Engine(Engine.loadResources("dendrite-to-synapse"))
          .lineage(SchemaCheck.bundled("dendrite-"), SchemaCheck.bundled("synapse-"));

  private static final Map<String, String> FILES = new TreeMap<>();
  private static final Map<String, SitePage> PAGES = new TreeMap<>();

  @BeforeAll
  static void write() throws IOException {
    FILES.putAll(new Site(LINEAGE).files());
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      if (file.getKey().endsWith(".html")) {
        PAGES.put(file.getKey(), SitePage.parse(file.getKey(), file.getValue()));
      }
    }
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (SitePage page : PAGES.values()) {
      for (String link : page.references()) {
        links++;
        String[] parts = link.split("#", 2);
        String path = page.resolve(parts[0]);
        boolean there =
            FILES.containsKey(path)
                && (parts.length == 1 || PAGES.get(path).ids().contains(parts[1]));
        if (!there) {
          broken.add(page.path() + " → " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(10_000);
  }

  @Test
  void nothingRefersToAnotherPlace() {
    for (SitePage page : PAGES.values()) {
      assertThat(page.references())
          .as(page.path())
          .noneMatch(link -> link.contains(":") || link.startsWith("/"));
      assertThat(page.all("script")).allMatch(script -> script.getTextContent().isEmpty());
      assertThat(page.all("*")).noneMatch(SiteTest::hasStyleOrHandler);
    }
    assertThat(FILES.get("style.css")).doesNotContain("url(", "@import", "http:", "https:");
    assertThat(FILES.get("search.js")).doesNotContain("fetch", "http:", "https:", "innerHTML");
  }

  private static boolean hasStyleOrHandler(Element element) {
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      String name = element.getAttributes().item(i).getNodeName();
      if (name.startsWith("on") || name.equals("style") || name.equals("srcset")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void everyMappingHasAPageWithEveryColumnThatItFills() {
    assertThat(LINEAGE.mappings()).hasSizeGreaterThan(50);
    for (MappingLineage one : LINEAGE.mappings()) {
      SitePage page = PAGES.get("mappings/" + one.name() + ".html");
      assertThat(page.title()).isEqualTo(one.name());
      Set<String> references = new HashSet<>(page.references());
      for (Filling filling : one.fillings()) {
        assertThat(references)
            .as(one.name())
            .contains(
                "../target/" + filling.to().table() + ".html#column-" + filling.to().column());
        filling
            .from()
            .forEach(
                from ->
                    assertThat(references)
                        .contains(
                            "../"
                                + from.side()
                                + "/"
                                + from.table()
                                + ".html#column-"
                                + from.column()));
      }
      assertThat(references)
          .contains(
              "../files/"
                  + one.mapping().name().at().source().name()
                  + ".html#L"
                  + one.mapping().name().at().line());
      assertThat(PAGES.get("index.html").references()).contains("mappings/" + one.name() + ".html");
    }
  }

  @Test
  void everyColumnOfEveryTableSaysWhereItGoesOrComesFromOrWhyNot() {
    int columns = 0;
    for (Side side : Side.values()) {
      for (Table table : LINEAGE.schema(side).tables()) {
        SitePage page = PAGES.get(side + "/" + table.name() + ".html");
        assertThat(PAGES.get(side + "-tables.html").references())
            .contains(side + "/" + table.name() + ".html");
        boolean whole = !LINEAGE.ledger(side, table.name(), null).isEmpty();
        for (String name : table.columnNames()) {
          columns++;
          Element row = page.byId("column-" + name);
          assertThat(row.getTagName()).isEqualTo("tr");
          assertThat(row.getElementsByTagName("th").item(0).getTextContent()).isEqualTo(name);
          assertThat(whole || row.getElementsByTagName("a").getLength() > 0)
              .as(side + " " + table.name() + "." + name)
              .isTrue();
        }
      }
    }
    assertThat(columns).isGreaterThan(1100);
  }

  @Test
  void theRightColumnsAreConnected() {
    assertThat(LINEAGE.into(new TableColumn(Side.TARGET, "users", "password_hash")))
        .singleElement()
        .satisfies(
            filling ->
                assertThat(filling.from())
                    .extracting(TableColumn::toString)
                    .containsExactly(
                        "userapi_accounts.is_deactivated", "userapi_accounts.password_hash"));
    assertThat(LINEAGE.outOf(new TableColumn(Side.SOURCE, "userapi_devices", "access_token")))
        .extracting(filling -> filling.to().toString())
        .contains("access_tokens.token", "user_ips.access_token");
    assertThat(LINEAGE.into(new TableColumn(Side.TARGET, "users", "creation_ts")).get(0).comment())
        .startsWith("Seconds, unlike every other time");
    assertThat(
            LINEAGE.into(new TableColumn(Side.TARGET, "redactions", "recheck")).get(0).versions())
        .isEqualTo(">=94");
    assertThat(LINEAGE.hooks(new TableColumn(Side.SOURCE, "roomserver_state_block", "event_nids")))
        .extracting(MappingLineage::name)
        .containsExactly("room_state");
    assertThat(LINEAGE.facts(new TableColumn(Side.SOURCE, "roomserver_rooms", "room_version")))
        .extracting(fact -> fact.name().value())
        .contains("rooms_to_carry");
  }

  @Test
  void everyHookSaysWhatItComputes() {
    for (MappingLineage one : LINEAGE.mappings()) {
      if (one.mapping().hook() != null) {
        assertThat(LINEAGE.hook(one.mapping().hook().value()).orElseThrow().text())
            .as(one.mapping().hook().value())
            .isNotBlank();
      }
    }
  }

  @Test
  void pagesCanBeReadWithoutSeeing() {
    for (SitePage page : PAGES.values()) {
      assertThat(page.all("h1")).as(page.path()).hasSize(1);
      assertThat(page.all("main")).hasSize(1);
      assertThat(page.headings()).as(page.path()).isSubsetOf(1, 2, 3, 4);
      int before = 0;
      for (int level : page.headings()) {
        assertThat(level).as(page.path()).isLessThanOrEqualTo(before + 1);
        before = level;
      }
      assertThat(page.all("th")).allMatch(cell -> !cell.getAttribute("scope").isEmpty());
      assertThat(page.duplicateIds()).as(page.path()).isEmpty();
      assertThat(page.all("a").get(0).getAttribute("href")).isEqualTo("#content");
      for (Element row : page.all("tr")) {
        Element table = (Element) row.getParentNode().getParentNode();
        assertThat(cells(row)).isEqualTo(cells((Element) table.getElementsByTagName("tr").item(0)));
      }
    }
  }

  private static int cells(Element row) {
    return row.getElementsByTagName("th").getLength() + row.getElementsByTagName("td").getLength();
  }

  @Test
  void theSearchKnowsEveryPage() {
    String data = FILES.get("search-data.js");
    PAGES.keySet().stream()
        .filter(path -> path.matches("(mappings|source|target)/.*"))
        .forEach(path -> assertThat(data).contains("\"" + path + "\""));
  }

  @Test
  void theSameFilesGiveTheSamePages() throws IOException {
    Lineage again =
        new Engine(Engine.loadResources("dendrite-to-synapse"))
            .lineage(SchemaCheck.bundled("dendrite-"), SchemaCheck.bundled("synapse-"));

    assertThat(new Site(again).files()).isEqualTo(FILES);
  }

  @Test
  void pathsAreRelative() {
    assertThat(FILES.keySet()).noneMatch(path -> Path.of(path).isAbsolute() || path.contains(".."));
  }
}

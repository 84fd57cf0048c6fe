package d2s.cli.site;

import d2s.cli.html.Html;
import d2s.cli.page.Links;
import d2s.cli.page.Page;
import d2s.cli.page.PhasePicture;
import d2s.engine.docs.Lineage;
import d2s.engine.docs.MappingLineage;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Phase;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Table;
import java.util.List;

/** The first page: what the set is, and its phases in order with their mappings. */
final class IndexPage {

  private final Lineage lineage;
  private final MappingSet set;
  private final Page page;
  private final Html html;

  IndexPage(Lineage lineage) {
    this.lineage = lineage;
    this.set = lineage.set();
    this.page = new Page(lineage, Links.INDEX, set.name().value());
    this.html = page.html();
  }

  String write() {
    if (set.description() != null) {
      page.prose(set.description().value());
    }
    page.paragraph(
        "A mapping reads rows of one database and writes rows of the other. The mappings below run"
            + " in the order of their phases, unless one needs what another writes.");
    html.open("dl");
    page.term("Mappings", String.valueOf(lineage.mappings().size()));
    page.term("Tables of " + Page.product(set, Side.SOURCE), tables(Side.SOURCE));
    page.term("Tables of " + Page.product(set, Side.TARGET), tables(Side.TARGET));
    page.term(
        "Versions of " + Page.product(set, Side.TARGET),
        set.target().supportedText()
            + (set.target().releases() == null
                ? ""
                : ", which are the releases " + set.target().releases()));
    html.close("dl");
    html.open("nav", "aria-label", "Phases").open("ol").line();
    for (Phase phase : set.phases()) {
      html.open("li").link("#phase-" + phase.name(), phase.name().value()).close().line();
    }
    html.close("nav");
    int number = 0;
    for (Phase phase : set.phases()) {
      number++;
      phase(number, phase);
    }
    return page.end(lineage);
  }

  private String tables(Side side) {
    List<Table> tables = lineage.schema(side).tables();
    long used =
        tables.stream()
            .filter(
                table ->
                    lineage.of(side, table.name()).stream()
                        .anyMatch(one -> side == Side.SOURCE || one.fills().contains(table.name())))
            .count();
    return tables.size()
        + ", of which "
        + used
        + (side == Side.SOURCE ? " are read" : " are filled");
  }

  private void phase(int number, Phase phase) {
    List<MappingLineage> mappings =
        lineage.mappings().stream()
            .filter(one -> one.mapping().phase().value().equals(phase.name().value()))
            .toList();
    page.heading(number + " " + phase.name(), "phase-" + phase.name());
    page.prose(phase.description().value());
    if (mappings.isEmpty()) {
      return;
    }
    page.table("Mappings of the phase " + phase.name(), "Mapping", "What it does", "Fills");
    for (MappingLineage one : mappings) {
      page.row(
          () -> page.mapping(one.name()),
          page.text(one.mapping().description().value().strip()),
          () ->
              page.inline(one.fills(), table -> page.link(Links.table(Side.TARGET, table), table)));
    }
    page.endTable();
    new PhasePicture(mappings)
        .draw(page, "Tables that the phase " + phase.name() + " reads and fills");
  }
}

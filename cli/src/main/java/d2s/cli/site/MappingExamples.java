package d2s.cli.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.html.Html;
import d2s.cli.page.Page;
import d2s.engine.mapping.Example;
import d2s.engine.mapping.Mapping;
import d2s.engine.yaml.Literal;
import d2s.engine.yaml.Text;
import java.util.List;
import java.util.stream.Collectors;

/** The examples of a mapping file: rows of the source, and the rows that they become. */
final class MappingExamples {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Page page;
  private final Html html;
  private int tables;

  MappingExamples(Page page) {
    this.page = page;
    this.html = page.html();
  }

  void write(Mapping mapping) {
    if (mapping.examples().isEmpty()) {
      return;
    }
    page.heading("Examples", "examples");
    int number = 0;
    for (Example example : mapping.examples()) {
      number++;
      page.subheading(example.description().value().strip(), "example-" + number);
      html.open("p", "class", "note");
      page.place(example.description().at());
      html.close();
      if (!example.with().isEmpty()) {
        html.open("p").text("With the mappings ");
        html.text(example.with().stream().map(Text::value).collect(Collectors.joining(", ")));
        html.text(".").close();
      }
      cells("Facts", example.facts());
      rows("Rows of the source", example.source());
      rows("Rows that the target has before", example.given());
      rows("Rows of the target afterwards", example.target());
      rows("Files", example.files());
      cells("Sequences", example.sequences());
      skipped(example.skipped());
    }
  }

  private void rows(String what, List<Example.Rows> all) {
    for (Example.Rows rows : all) {
      tables++;
      String label = what + ": " + rows.table();
      html.element("h4", label).line();
      if (rows.count() != null) {
        page.paragraph("As many as " + json(rows.count()) + ".");
        continue;
      }
      List<String> columns =
          rows.rows().stream()
              .flatMap(row -> row.cells().stream())
              .map(cell -> cell.name().value())
              .distinct()
              .toList();
      if (columns.isEmpty()) {
        page.paragraph(rows.rows().isEmpty() ? "None." : "A row of defaults.");
        continue;
      }
      page.table(label + " (" + tables + ")", columns.toArray(String[]::new));
      for (Example.Row row : rows.rows()) {
        page.row(
            columns.stream()
                .<Runnable>map(column -> () -> value(row, column))
                .toArray(Runnable[]::new));
      }
      page.endTable();
    }
  }

  private void value(Example.Row row, String column) {
    row.cells().stream()
        .filter(cell -> cell.name().value().equals(column))
        .forEach(cell -> html.element("code", json(cell.value())));
  }

  private void cells(String what, List<Example.Cell> cells) {
    if (cells.isEmpty()) {
      return;
    }
    html.element("h4", what).line().open("dl");
    cells.forEach(
        cell -> page.term("" + cell.name(), () -> html.element("code", json(cell.value()))));
    html.close("dl");
  }

  private void skipped(List<Example.NotMigrated> all) {
    if (all.isEmpty()) {
      return;
    }
    html.element("h4", "Not migrated").line();
    page.list(
        all,
        one -> {
          html.element("code", one.item().value());
          html.text(one.reason() == null ? "" : ": " + one.reason());
        });
  }

  private static String json(Literal value) {
    try {
      return JSON.writeValueAsString(value.plain());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

package d2s.benchmark;

import d2s.engine.Engine;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.Layouts.Component;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.staging.Origin;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database for each component of a Dendrite that has all of them in one. */
final class SplitSource {

  private static final Origin.CopyObserver SILENT =
      new Origin.CopyObserver() {
        @Override
        public void advanced(long rows) {}

        @Override
        public void skipped(String row, String reason) {
          throw new IllegalStateException(row + ": " + reason);
        }
      };

  private SplitSource() {}

  /**
   * Makes them.
   *
   * @param whole stays as it is
   * @return their names
   */
  static List<String> make(DatabaseServer server, String whole, Layouts layouts, Catalog catalog)
      throws SQLException, IOException {
    List<String> names = new ArrayList<>();
    for (Component component : layouts.components()) {
      List<Table> tables =
          catalog.tables().stream()
              .filter(table -> component.owns(table.name()) || layouts.isBookkeeping(table.name()))
              .toList();
      if (component.needed()) {
        String name = whole + "_" + component.name().value();
        server.create(name, "template0");
        try (Connection to = server.connect(name);
            Origin from = Engine.origin(whole, server.connect(whole))) {
          fill(
              from,
              to,
              new Catalog(catalog.name(), catalog.version(), tables, own(component, catalog)));
        }
        names.add(name);
      }
    }
    return names;
  }

  private static List<Sequence> own(Component component, Catalog catalog) {
    return catalog.sequences().stream()
        .filter(sequence -> component.owns(sequence.name()))
        .toList();
  }

  private static void fill(Origin from, Connection to, Catalog part)
      throws SQLException, IOException {
    CatalogDdl.execute(to, CatalogDdl.beforeRows(part));
    for (Table table : part.tables()) {
      from.copy(table, to, SILENT);
    }
    CatalogDdl.execute(to, CatalogDdl.afterRows(part));
    try (Statement statement = to.createStatement()) {
      for (Sequence sequence : part.sequences()) {
        Origin.LastNumber last = from.lastNumber(sequence);
        statement.execute(
            "select setval('%s', %d, %s)"
                .formatted(SqlIdentifier.quote(sequence.name()), last.value(), last.used()));
      }
      statement.execute("vacuum analyze");
    }
  }
}

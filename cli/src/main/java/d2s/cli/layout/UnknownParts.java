package d2s.cli.layout;

import d2s.cli.framework.Console;
import d2s.cli.output.Format;
import d2s.engine.Engine;
import d2s.engine.ledger.LedgerCheck.Unaccounted;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType.Kind;
import d2s.engine.sql.SqlIdentifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a live source has and no mapping knows: tables and columns of a fork, of a newer release, of
 * the admin's own. Without rows they are a note; with rows they are a reason to refuse, because
 * something would be lost silently.
 */
public final class UnknownParts {

  private static final String FORK = "Zendrite";

  private UnknownParts() {}

  /**
   * @param accepted tables and columns that may be left behind, as {@code table} or {@code
   *     table.column}
   * @throws PreconditionFailedException with every one that holds something
   */
  public static void check(
      MappingSet set, DataSource source, DataSource target, List<String> accepted, Console console)
      throws SQLException {
    try (Connection from = source.getConnection();
        Connection to = target.getConnection()) {
      from.setReadOnly(true);
      to.setReadOnly(true);
      if (ExclusiveLocks.areHeld(from)) {
        return;
      }
      int version;
      Catalog catalog;
      try {
        version = Integer.parseInt(text(to, set.target().version().value()));
        String query =
            set.source().version() == null ? "select ''" : set.source().version().value();
        catalog = CatalogReader.read(from, set.source().name().value(), query);
      } catch (SQLException | NumberFormatException e) {
        // One of them is not what it should be, which is said in detail by the checks that follow.
        return;
      }
      if (catalog.version().startsWith(FORK)) {
        console.warn(
            "this database is one of "
                + catalog.version()
                + ", a fork of Dendrite. It is migrated like Dendrite's; what the fork has more is"
                + " carried over or left behind as the ledger of the mapping files says");
      }
      report(catalog, new Engine(set).unaccounted(catalog, version), from, accepted, console);
    }
  }

  private static void report(
      Catalog catalog,
      List<Unaccounted> unknown,
      Connection from,
      List<String> accepted,
      Console console)
      throws SQLException {
    List<String> empty = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Unaccounted one : unknown) {
      long rows = filled(catalog, one, from);
      if (rows == 0) {
        empty.add(one.toString());
      } else if (accepted.contains(one.toString()) || accepted.contains(one.table())) {
        console.warn(one + " is left behind with " + rows(rows) + ", as --accept-unknown says");
      } else {
        reasons.add(
            "Nobody knows what "
                + (one.column() == null ? "the table " : "the column ")
                + one
                + " is: it holds something in "
                + rows(rows)
                + ", which would be left behind. If that is right, give --accept-unknown "
                + one);
      }
    }
    if (!empty.isEmpty()) {
      console.warn(
          "no mapping knows "
              + String.join(", ", empty)
              + "; nothing is lost, because there is nothing in "
              + (empty.size() == 1 ? "it" : "them"));
    }
    if (!reasons.isEmpty()) {
      throw new PreconditionFailedException("unknown-data", reasons);
    }
  }

  private static String rows(long rows) {
    return Format.count(rows, "row", "rows");
  }

  /** How many rows there are, or how many have something else in a column than its default. */
  private static long filled(Catalog catalog, Unaccounted one, Connection from)
      throws SQLException {
    String table = SqlIdentifier.quote(one.table());
    if (one.column() == null) {
      return Long.parseLong(text(from, "select count(*) from " + table));
    }
    Column column = catalog.table(one.table()).orElseThrow().column(one.column()).orElseThrow();
    String name = SqlIdentifier.quote(column.name());
    // Not every type can be compared.
    String text =
        column.type().kind() == Kind.OTHER || column.type().kind() == Kind.JSON ? "::text" : "";
    boolean constant =
        column.defaultExpression() != null && !column.defaultExpression().contains("nextval(");
    return Long.parseLong(
        text(
            from,
            "select count(*) from "
                + table
                + " where "
                + name
                + " is not null"
                + (constant
                    ? " and %s%s is distinct from (%s)%s"
                        .formatted(name, text, column.defaultExpression(), text)
                    : "")));
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}

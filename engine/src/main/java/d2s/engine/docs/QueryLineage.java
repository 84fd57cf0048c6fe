package d2s.engine.docs;

import d2s.engine.mapping.Side;
import d2s.engine.mapping.View;
import d2s.engine.query.Queries;
import d2s.engine.query.Views;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.select.Select;

/** Tells from which columns of tables the columns of a query come, without a database. */
final class QueryLineage {

  /** Far more than any query of a mapping file needs. */
  private static final int PATIENCE_MS = 20_000;

  /**
   * A column of a result.
   *
   * @param from the columns of tables that its value is made of; none for a constant or a number of
   *     rows
   */
  record Output(String name, SortedSet<TableColumn> from) {

    Output {
      from = Collections.unmodifiableSortedSet(new TreeSet<>(from));
    }

    Output named(String other) {
      return new Output(other, from);
    }
  }

  private final Side side;
  private final Catalog catalog;
  private final List<View> views;
  private final Map<String, List<Output>> relations = new HashMap<>();

  QueryLineage(Side side, Catalog catalog, List<View> views) {
    this.side = side;
    this.catalog = catalog;
    this.views = views.stream().filter(view -> view.side() == side).toList();
    for (Table table : catalog.tables()) {
      relations.put(
          table.name(),
          table.columnNames().stream()
              .map(name -> new Output(name, of(new TableColumn(side, table.name(), name))))
              .toList());
    }
    // A view can use those above it.
    for (View view : this.views) {
      relations.put(view.name().value(), outputs(view.sql().value()).orElse(List.of()));
    }
  }

  private static SortedSet<TableColumn> of(TableColumn column) {
    return new TreeSet<>(List.of(column));
  }

  /** The columns of a table or view; empty where there is none of this name. */
  List<Output> relation(String name) {
    return relations.getOrDefault(name, List.of());
  }

  /**
   * The columns of a query.
   *
   * @return empty where the text is no query that can be understood
   */
  Optional<List<Output>> outputs(String sql) {
    try {
      return CCJSqlParserUtil.parse(sql, parser -> parser.withTimeOut(PATIENCE_MS))
              instanceof Select select
          ? Optional.of(new SelectLineage(this::relation).outputs(select))
          : Optional.empty();
    } catch (JSQLParserException e) {
      return Optional.empty();
    }
  }

  /**
   * The columns that one column of a query comes from. Where the query cannot be understood, these
   * are all columns of this name in the tables that it mentions.
   */
  SortedSet<TableColumn> column(String sql, String name) {
    Optional<List<Output>> outputs = outputs(sql);
    if (outputs.isPresent()) {
      return find(outputs.get(), name);
    }
    SortedSet<TableColumn> found = new TreeSet<>();
    for (Table table : tables(sql)) {
      if (table.column(name).isPresent()) {
        found.add(new TableColumn(side, table.name(), name));
      }
    }
    return found;
  }

  static SortedSet<TableColumn> find(List<Output> outputs, String name) {
    return outputs.stream()
        .filter(output -> output.name().equalsIgnoreCase(name))
        .findFirst()
        .map(Output::from)
        .orElse(Collections.emptySortedSet());
  }

  /** The tables that a query mentions, also by way of views. */
  List<Table> tables(String sql) {
    List<String> texts = Views.withUsed(List.of(sql), side, views);
    List<Table> found = new ArrayList<>();
    for (Table table : catalog.tables()) {
      if (texts.stream().anyMatch(text -> Queries.mentions(text, table.name()))) {
        found.add(table);
      }
    }
    return found;
  }
}

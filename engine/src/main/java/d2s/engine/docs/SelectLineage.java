package d2s.engine.docs;

import d2s.engine.docs.QueryLineage.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.WithItem;

/**
 * Walks a parsed query from its tables to its columns.
 *
 * <p>What only decides which rows there are, such as a condition of a join, is no origin of a
 * value. The conditions of a {@code case} are, and those of a subquery that only asks whether there
 * is a row.
 */
final class SelectLineage {

  /** What stands in FROM, under the name that the query has for it. */
  private record Source(String name, List<Output> columns) {}

  /**
   * What the expressions of one SELECT can name.
   *
   * @param outer that of the query around it; null for none
   */
  private record Row(List<Source> sources, Row outer) {

    SortedSet<TableColumn> find(String source, String column) {
      for (Source one : sources) {
        if (source == null || one.name().equals(source)) {
          for (Output output : one.columns()) {
            if (output.name().equals(column)) {
              return output.from();
            }
          }
        }
      }
      return outer == null ? new TreeSet<>() : outer.find(source, column);
    }
  }

  private final Function<String, List<Output>> relations;

  /**
   * @param relations the columns of a table or view by its name
   */
  SelectLineage(Function<String, List<Output>> relations) {
    this.relations = relations;
  }

  List<Output> outputs(Select query) {
    return outputs(query, Map.of(), null);
  }

  private List<Output> outputs(Select query, Map<String, List<Output>> known, Row outer) {
    Map<String, List<Output>> named = withItems(query, known, outer);
    if (query instanceof ParenthesedSelect inner) {
      return outputs(inner.getSelect(), named, outer);
    } else if (query instanceof SetOperationList list) {
      return union(list, named, outer);
    } else if (query instanceof PlainSelect plain) {
      return items(plain, named, row(plain, named, outer));
    }
    return List.of();
  }

  private Map<String, List<Output>> withItems(
      Select query, Map<String, List<Output>> known, Row outer) {
    if (query.getWithItemsList() == null) {
      return known;
    }
    Map<String, List<Output>> named = new HashMap<>(known);
    for (WithItem<?> item : query.getWithItemsList()) {
      String name = lower(item.getUnquotedAliasName());
      List<String> columns = new ArrayList<>();
      if (item.getWithItemList() != null) {
        item.getWithItemList().forEach(column -> columns.add(lower(column.toString())));
      }
      Select select = item.getSelect();
      // The second time a query that reads its own rows knows what they are.
      for (int i = 0; i < (item.isRecursive() ? 2 : 1); i++) {
        named.put(name, renamed(outputs(select, named, outer), columns));
      }
    }
    return named;
  }

  private List<Output> union(SetOperationList list, Map<String, List<Output>> named, Row outer) {
    List<Output> result = new ArrayList<>();
    for (Select select : list.getSelects()) {
      List<Output> one = outputs(select, named, outer);
      for (int i = 0; i < one.size(); i++) {
        if (i == result.size()) {
          result.add(one.get(i));
        } else {
          SortedSet<TableColumn> both = new TreeSet<>(result.get(i).from());
          both.addAll(one.get(i).from());
          result.set(i, new Output(result.get(i).name(), both));
        }
      }
    }
    return result;
  }

  private Row row(PlainSelect select, Map<String, List<Output>> named, Row outer) {
    Row row = new Row(new ArrayList<>(), outer);
    add(select.getFromItem(), select.getJoins(), named, row);
    return row;
  }

  private void add(FromItem first, List<Join> joins, Map<String, List<Output>> named, Row row) {
    if (first != null) {
      add(first, named, row);
    }
    if (joins != null) {
      joins.forEach(join -> add(join.getFromItem(), named, row));
    }
  }

  private void add(FromItem item, Map<String, List<Output>> named, Row row) {
    Alias alias = item.getAlias();
    String name = alias == null ? "" : lower(alias.getUnquotedName());
    if (item instanceof ParenthesedFromItem group) {
      add(group.getFromItem(), group.getJoins(), named, row);
    } else if (item instanceof Table table) {
      String relation = lower(table.getUnquotedName());
      List<Output> columns =
          named.containsKey(relation) ? named.get(relation) : relations.apply(relation);
      row.sources().add(new Source(name.isEmpty() ? relation : name, renamed(columns, alias)));
    } else if (item instanceof Select select) {
      row.sources().add(new Source(name, renamed(outputs(select, named, row), alias)));
    } else if (item instanceof TableFunction function) {
      row.sources().add(new Source(name, ofFunction(function, name, named, row)));
    }
  }

  private List<Output> ofFunction(
      TableFunction function, String name, Map<String, List<Output>> named, Row row) {
    SortedSet<TableColumn> from = references(function.getFunction(), named, row);
    List<String> columns = columns(function.getAlias());
    if (columns.isEmpty()) {
      return List.of(new Output(name, from));
    }
    boolean numbered =
        function.getWithClause() != null && lower(function.getWithClause()).contains("ordinality");
    List<Output> result = new ArrayList<>();
    for (String column : columns) {
      boolean place = numbered && result.size() == columns.size() - 1;
      result.add(new Output(column, place ? new TreeSet<>() : from));
    }
    return result;
  }

  private List<Output> items(PlainSelect select, Map<String, List<Output>> named, Row row) {
    List<Output> result = new ArrayList<>();
    for (SelectItem<?> item : select.getSelectItems()) {
      Expression expression = item.getExpression();
      if (expression instanceof AllTableColumns all) {
        String source = lower(all.getTable().getUnquotedName());
        row.sources().stream()
            .filter(one -> one.name().equals(source))
            .forEach(one -> result.addAll(one.columns()));
      } else if (expression instanceof AllColumns) {
        row.sources().forEach(one -> result.addAll(one.columns()));
      } else {
        String name =
            item.getAlias() == null ? name(expression) : lower(item.getUnquotedAliasName());
        result.add(new Output(name, references(expression, named, row)));
      }
    }
    return result;
  }

  /** The name that a column without alias gets. */
  private static String name(Expression expression) {
    if (expression instanceof Column column) {
      return lower(column.getUnquotedColumnName());
    } else if (expression instanceof net.sf.jsqlparser.expression.Function function) {
      return lower(function.getName());
    } else if (expression instanceof CastExpression cast) {
      return name(cast.getLeftExpression());
    }
    return "";
  }

  private SortedSet<TableColumn> references(
      Expression expression, Map<String, List<Output>> named, Row row) {
    SortedSet<TableColumn> found = new TreeSet<>();
    if (expression != null) {
      expression.accept(new References(named, row, found), null);
    }
    return found;
  }

  /** Collects what an expression is made of. */
  private final class References extends ExpressionVisitorAdapter<Void> {

    private final Map<String, List<Output>> named;
    private final Row row;
    private final SortedSet<TableColumn> found;

    References(Map<String, List<Output>> named, Row row, SortedSet<TableColumn> found) {
      this.named = named;
      this.row = row;
      this.found = found;
    }

    @Override
    public <S> Void visit(Column column, S context) {
      String source =
          column.getTable() == null || column.getTable().getName() == null
              ? null
              : lower(column.getTable().getUnquotedName());
      found.addAll(row.find(source, lower(column.getUnquotedColumnName())));
      return null;
    }

    @Override
    public <S> Void visit(Select select, S context) {
      List<Output> outputs = outputs(select, named, row);
      outputs.forEach(output -> found.addAll(output.from()));
      if (outputs.stream().allMatch(output -> output.from().isEmpty())) {
        found.addAll(conditions(select));
      }
      return null;
    }

    @Override
    public <S> Void visit(ParenthesedSelect select, S context) {
      return visit((Select) select, context);
    }

    @Override
    public <S> Void visit(AnalyticExpression window, S context) {
      int before = found.size();
      for (Expression part :
          new Expression[] {window.getExpression(), window.getOffset(), window.getDefaultValue()}) {
        if (part != null) {
          part.accept(this, context);
        }
      }
      // A number of a row comes from the order of the rows.
      return found.size() > before ? null : super.visit(window, context);
    }

    private SortedSet<TableColumn> conditions(Select select) {
      if (select instanceof ParenthesedSelect inner) {
        return conditions(inner.getSelect());
      }
      return select instanceof PlainSelect plain
          ? references(plain.getWhere(), named, row(plain, named, row))
          : new TreeSet<>();
    }
  }

  private static List<Output> renamed(List<Output> columns, Alias alias) {
    return renamed(columns, columns(alias));
  }

  private static List<Output> renamed(List<Output> columns, List<String> names) {
    List<Output> result = new ArrayList<>(columns);
    for (int i = 0; i < Math.min(names.size(), result.size()); i++) {
      result.set(i, result.get(i).named(names.get(i)));
    }
    return result;
  }

  private static List<String> columns(Alias alias) {
    return alias == null || alias.getAliasColumns() == null
        ? List.of()
        : alias.getAliasColumns().stream().map(column -> lower(column.name)).toList();
  }

  private static String lower(String name) {
    return name == null ? "" : name.replace("\"", "").toLowerCase(Locale.ROOT);
  }
}
